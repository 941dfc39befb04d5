import { onGet, onPost } from '#app/api/door.server.ts'
import { logOutOfApi } from '#app/api/tokens.server.ts'

export const loader = onGet()
export const action = onPost(logOutOfApi)
