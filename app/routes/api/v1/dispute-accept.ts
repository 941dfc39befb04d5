import { acceptDispute } from '#app/api/answer-dispute.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(acceptDispute)
