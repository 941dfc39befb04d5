import { createPayment } from '#app/api/create-payment.server.ts'
import { listPayments } from '#app/api/lists.server.ts'
import { onGet, onPost } from '#app/api/door.server.ts'

export const loader = onGet(listPayments)
export const action = onPost(createPayment)
