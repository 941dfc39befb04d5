import { onGet, onPost } from '#app/api/door.server.ts'
import { listPaymentMethods } from '#app/api/payment-methods.server.ts'

export const loader = onGet(listPaymentMethods)
export const action = onPost()
