import { onGet, onPost } from '#app/api/door.server.ts'
import { resendByApi } from '#app/api/accounts.server.ts'

export const loader = onGet()
export const action = onPost(resendByApi)
