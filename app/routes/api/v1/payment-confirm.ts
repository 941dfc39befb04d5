import { confirmPayment } from '#app/api/confirm-payment.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet()
export const action = onPost(confirmPayment)
