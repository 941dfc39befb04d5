import { cancelRefund } from '#app/api/refunds.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(cancelRefund)
