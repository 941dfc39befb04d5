import { onGet, onPost } from '#app/api/door.server.ts'
import { readPayer } from '#app/api/privacy.server.ts'

export const loader = onGet(readPayer)
export const action = onPost()
