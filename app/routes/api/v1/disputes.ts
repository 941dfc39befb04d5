import { listDisputes } from '#app/api/read-disputes.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listDisputes)
export const action = onPost()
