import { apiStream } from '#app/api/streams.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(apiStream)
export const action = onPost()
