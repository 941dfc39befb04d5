import { settleAttention } from '#app/api/attention.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(settleAttention)
