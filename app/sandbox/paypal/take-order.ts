import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler } from './call.ts'
import { PayPalError, refused } from './errors.ts'
import { orderNamed } from './find.ts'
import { refuseDoubledInvoice } from './invoices.ts'
import { mockFailure } from './mock.ts'
import { answered } from './order-outcome.ts'
import { payerLink } from './order-view.ts'
import { takePayment } from './taking.ts'

export const takeOrder =
	(intent: PayPalOrder['intent']): Handler =>
	(desk, call) => {
		const order = orderNamed(desk, call.id)
		checkTakeable(desk, order, intent)
		if (call.mock === 'INSTRUMENT_DECLINED' || order.course === 'declined') throw decline(desk, order)
		if (call.mock !== undefined) throw mockFailure(call.mock)
		refuseDoubledInvoice(desk, order)
		return answered(desk, call, takePayment(desk, order), 201)
	}

function checkTakeable(desk: Desk, order: PayPalOrder, intent: PayPalOrder['intent']): void {
	if (order.intent !== intent) {
		throw refused(
			'ACTION_DOES_NOT_MATCH_INTENT',
			`Order was created with an intent to '${order.intent}'. Please use the ${order.intent.toLowerCase()} call, or create an order with an intent of '${intent}'.`,
		)
	}
	if (order.status === 'COMPLETED') {
		const done = intent === 'CAPTURE' ? 'captured' : 'authorized'
		throw refused(
			`ORDER_ALREADY_${done.toUpperCase()}`,
			`Order already ${done}. If 'intent=${intent}' only one ${intent.toLowerCase()} per order is allowed.`,
		)
	}
	if (order.status === 'APPROVED') return
	throw new PayPalError(
		'UNPROCESSABLE_ENTITY',
		[
			{
				issue: order.source?.kind === 'card' ? 'PAYER_ACTION_REQUIRED' : 'ORDER_NOT_APPROVED',
				description: 'Payer has not yet approved the Order for payment.',
			},
		],
		[payerLink(desk, order, 'payer-action')],
	)
}

/** The payer comes back, chooses another way to pay, and the same order can still be paid. */
function decline(desk: Desk, order: PayPalOrder): PayPalError {
	const reopened = desk.books.paypalOrders.put({
		...order,
		course: 'succeeds',
		status: 'PAYER_ACTION_REQUIRED',
		updated: desk.clock.seconds(),
	})
	return new PayPalError(
		'UNPROCESSABLE_ENTITY',
		[
			{
				issue: 'INSTRUMENT_DECLINED',
				description:
					"The instrument presented was either declined by the processor or bank, or it can't be used for this payment.",
			},
		],
		[payerLink(desk, reopened, 'redirect'), payerLink(desk, reopened, 'payer-action')],
	)
}
