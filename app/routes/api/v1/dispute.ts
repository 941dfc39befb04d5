import { readDispute } from '#app/api/read-disputes.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(readDispute)
export const action = onPost()
