import { bulkRefund } from '#app/api/bulk-refund.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(bulkRefund)
