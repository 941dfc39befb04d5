import { onGet, onPut } from '#app/api/door.server.ts'
import { putRoutingRules, readRoutingRules } from '#app/api/routing.server.ts'

export const loader = onGet(readRoutingRules)
export const action = onPut(putRoutingRules)
