import { onGet, onPost } from '#app/api/door.server.ts'
import { queueStats } from '#app/api/queues.server.ts'

export const loader = onGet(queueStats)
export const action = onPost()
