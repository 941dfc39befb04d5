import { onGet, onPost } from '#app/api/door.server.ts'
import { simulateRouting } from '#app/api/routing.server.ts'

export const loader = onGet()
export const action = onPost(simulateRouting)
