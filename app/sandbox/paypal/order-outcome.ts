import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Outcome } from './call.ts'
import { viewOrder, viewOutcome } from './order-view.ts'

export const answered = (desk: Desk, call: Call, order: PayPalOrder, status: number): Outcome => ({
	status,
	body: call.whole ? viewOrder(desk, order) : viewOutcome(desk, order),
	subject: { kind: 'order', id: order.id },
})
