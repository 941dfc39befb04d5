import { onGet, onPost } from '#app/api/door.server.ts'
import { listPrivacyRequests } from '#app/api/privacy.server.ts'

export const loader = onGet(listPrivacyRequests)
export const action = onPost()
