import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler } from './call.ts'
import { PayPalError } from './errors.ts'
import { newPayPalId } from './ids.ts'
import { refuseDoubledInvoice } from './invoices.ts'
import { mockFailure } from './mock.ts'
import { requiredMoney } from './money.ts'
import { answered } from './order-outcome.ts'
import { absent, type At, invalidLength, list, oneOf, text } from './read.ts'
import { awaitsPayer, readSource, spend } from './sources.ts'
import { takePayment } from './taking.ts'

const INTENTS = ['CAPTURE', 'AUTHORIZE'] as const

function readUnit(body: At) {
	const [unit, ...more] = list(body, 'purchase_units')
	if (!unit) throw absent('/purchase_units')
	// PayPal takes up to ten: the sandbox stands in for shops that sell one thing at a time.
	if (more.length > 0) throw invalidLength('/purchase_units')
	return {
		amount: requiredMoney(unit, 'amount'),
		reference: text(unit, 'reference_id', 256) ?? 'default',
		custom: text(unit, 'custom_id', 255),
		invoice: text(unit, 'invoice_id', 127),
		description: text(unit, 'description', 127),
	}
}

/** A card that needs nobody's leave is charged at once; everything else waits for the payer. */
export const createOrder: Handler = (desk, call) => {
	const created = desk.clock.seconds()
	const draft: PayPalOrder = {
		id: newPayPalId(),
		created,
		updated: created,
		intent: oneOf(call.body, 'intent', INTENTS),
		status: 'CREATED',
		...readUnit(call.body),
		source: readSource(desk, call.body),
		course: 'succeeds',
	}
	if (draft.source && !call.hasRequestId) {
		throw new PayPalError('INVALID_REQUEST', [
			{
				issue: 'PAYPAL_REQUEST_ID_REQUIRED',
				description:
					'A PayPal-Request-Id is required if you are trying to process payment for an Order. Please specify a PayPal-Request-Id or Create the Order without a `payment_source` specified.',
				location: 'header',
			},
		])
	}
	if (call.mock !== undefined) throw mockFailure(call.mock)
	const order = begin(desk, draft)
	// PayPal answers 200, not 201, while the order still waits for its payer.
	return answered(desk, call, order, order.status === 'PAYER_ACTION_REQUIRED' ? 200 : 201)
}

function begin(desk: Desk, draft: PayPalOrder): PayPalOrder {
	const { source } = draft
	if (!source) return desk.books.paypalOrders.put(draft)
	const waits = awaitsPayer(desk, source)
	if (!waits) refuseDoubledInvoice(desk, draft)
	spend(desk, source, draft.id)
	if (waits) return desk.books.paypalOrders.put({ ...draft, status: 'PAYER_ACTION_REQUIRED' })
	return takePayment(desk, draft)
}
