import { onGet, onPost } from '#app/api/door.server.ts'
import { signUpByApi } from '#app/api/accounts.server.ts'

export const loader = onGet()
export const action = onPost(signUpByApi)
