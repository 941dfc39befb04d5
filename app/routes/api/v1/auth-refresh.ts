import { onGet, onPost } from '#app/api/door.server.ts'
import { refreshAccess } from '#app/api/tokens.server.ts'

export const loader = onGet()
export const action = onPost(refreshAccess)
