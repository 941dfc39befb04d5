import { onGet, onPost } from '#app/api/door.server.ts'
import { verifyEmailByApi } from '#app/api/accounts.server.ts'

export const loader = onGet(verifyEmailByApi)
export const action = onPost()
