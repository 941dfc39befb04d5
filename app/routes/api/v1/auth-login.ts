import { onGet, onPost } from '#app/api/door.server.ts'
import { logInByApi } from '#app/api/log-in.server.ts'

export const loader = onGet()
export const action = onPost(logInByApi)
