import { health } from '#app/api/health.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(health)
export const action = onPost()
