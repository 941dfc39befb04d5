import { onGet, onPost } from '#app/api/door.server.ts'
import { readRates } from '#app/api/fx.server.ts'

export const loader = onGet(readRates)
export const action = onPost()
