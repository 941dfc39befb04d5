import { onGet, onPost } from '#app/api/door.server.ts'
import { retryJob } from '#app/api/queues.server.ts'

export const loader = onGet()
export const action = onPost(retryJob)
