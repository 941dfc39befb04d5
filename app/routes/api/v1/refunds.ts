import { listRefunds } from '#app/api/lists.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listRefunds)
export const action = onPost()
