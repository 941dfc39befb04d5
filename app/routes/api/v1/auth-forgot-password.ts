import { onGet, onPost } from '#app/api/door.server.ts'
import { forgotByApi } from '#app/api/accounts.server.ts'

export const loader = onGet()
export const action = onPost(forgotByApi)
