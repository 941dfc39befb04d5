import { onGet, onPost } from '#app/api/door.server.ts'
import { verifyEmailByApi, verifyEmailByLink } from '#app/api/accounts.server.ts'

export const loader = onGet(verifyEmailByLink)
export const action = onPost(verifyEmailByApi)
