import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Handler, Outcome, Routes } from './call.ts'
import { PayPalError, refused } from './errors.ts'
import { orderNamed } from './find.ts'
import { newPayPalId } from './ids.ts'
import { mockFailure } from './mock.ts'
import { requiredMoney } from './money.ts'
import { orderLinks, payerLink, viewOrder, viewOutcome } from './order-view.ts'
import { patchOrder } from './patch.ts'
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
const create: Handler = (desk, call) => {
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

const answered = (desk: Desk, call: Call, order: PayPalOrder, status: number): Outcome => ({
	status,
	body: call.whole ? viewOrder(desk, order) : viewOutcome(desk, order),
	subject: { kind: 'order', id: order.id },
})

const take =
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

/** PayPal's guard against accidental double payments, which a merchant's account has switched on at first. */
function refuseDoubledInvoice({ books }: Desk, { id, invoice }: PayPalOrder): void {
	if (invoice === null) return
	const paid = books.paypalOrders
		.of(invoice)
		.some((row) => row.status === 'COMPLETED' && row.id !== id && took(row.id))
	if (!paid) return
	throw refused(
		'DUPLICATE_INVOICE_ID',
		'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account setting requires that Invoice Id be unique for each transaction.',
	)

	function took(order: string): boolean {
		return (
			books.paypalCaptures.of(order).some(({ status }) => status !== 'DECLINED') ||
			books.paypalAuthorizations.of(order).some(({ status }) => status !== 'DENIED' && status !== 'VOIDED')
		)
	}
}

const confirm: Handler = (desk, call) => {
	const order = orderNamed(desk, call.id)
	if (order.status === 'COMPLETED') {
		throw refused('ORDER_COMPLETED_OR_VOIDED', 'Order is voided or completed and hence cannot be processed.')
	}
	const source = readSource(desk, call.body)
	if (!source) throw absent('/payment_source')
	spend(desk, source, order.id)
	const status = awaitsPayer(desk, source) ? 'PAYER_ACTION_REQUIRED' : 'APPROVED'
	const confirmed = desk.books.paypalOrders.put({ ...order, source, status, updated: desk.clock.seconds() })
	return { status: 200, body: { ...viewOutcome(desk, confirmed), links: orderLinks(desk, confirmed) } }
}

const retrieve: Handler = (desk, call) => ({ status: 200, body: viewOrder(desk, orderNamed(desk, call.id)) })

export const orderRoutes: Routes = {
	'POST /v2/checkout/orders': create,
	'GET /v2/checkout/orders/:id': retrieve,
	'PATCH /v2/checkout/orders/:id': patchOrder,
	'POST /v2/checkout/orders/:id/capture': take('CAPTURE'),
	'POST /v2/checkout/orders/:id/authorize': take('AUTHORIZE'),
	'POST /v2/checkout/orders/:id/confirm-payment-source': confirm,
}
