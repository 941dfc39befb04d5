import { onGet, onPost } from '#app/api/door.server.ts'
import { readIntegrity } from '#app/api/integrity.server.ts'

export const loader = onGet(readIntegrity)
export const action = onPost()
