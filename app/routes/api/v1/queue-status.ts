import { onGet, onPost } from '#app/api/door.server.ts'
import { queueStatus } from '#app/api/queues.server.ts'

export const loader = onGet(queueStatus)
export const action = onPost()
