import { refundPayment } from '#app/api/refund-payment.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(refundPayment)
