import { consoleStream } from '#app/api/streams.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(consoleStream)
export const action = onPost()
