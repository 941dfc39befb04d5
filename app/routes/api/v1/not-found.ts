import { unknownPath } from '#app/api/unknown-path.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(unknownPath)
export const action = onPost(unknownPath)
