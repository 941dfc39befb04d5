import { readPayment } from '#app/api/read-payment.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(readPayment)
export const action = onPost()
