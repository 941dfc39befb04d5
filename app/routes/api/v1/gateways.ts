import { onGet, onPost } from '#app/api/door.server.ts'
import { listGateways } from '#app/api/routing.server.ts'

export const loader = onGet(listGateways)
export const action = onPost()
