import { createPayment } from '#app/api/create-payment.server.ts'
import { listPayments } from '#app/api/lists.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: listPayments, POST: createPayment })
