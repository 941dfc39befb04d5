import { readPayment } from '#app/api/read-payment.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ GET: readPayment })
