import { rollKey } from '#app/api/api-keys.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(rollKey)
