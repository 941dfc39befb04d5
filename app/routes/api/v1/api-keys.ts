import { createKey, listKeys } from '#app/api/api-keys.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listKeys)
export const action = onPost(createKey)
