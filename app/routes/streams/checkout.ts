import { checkoutStream } from '#app/api/streams.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(checkoutStream)
export const action = onPost()
