import { refundPayment } from '#app/api/refund-payment.server.ts'
import { door } from '#app/api/door.server.ts'

export const { loader, action } = door({ POST: refundPayment })
