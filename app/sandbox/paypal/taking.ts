import type { PayPalAuthorization, PayPalCapture, PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { answerOfBank, APPROVED } from './declines.ts'
import { disputeOf } from './dispute-cause.ts'
import { newPayPalId } from './ids.ts'
import { feeFor } from './money.ts'
import { viewAuthorization, viewCapture } from './payment-views.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'
import { keepInVault } from './vault.ts'

const DISPUTED_AFTER_SECONDS = 600
/** An eCheck takes days at PayPal; the clock compresses these ten minutes further. */
const SETTLES_AFTER_SECONDS = 600
const AUTHORIZED_FOR_SECONDS = 29 * 86_400

type Wanted = Pick<PayPalCapture, 'amount' | 'authorization' | 'custom' | 'final' | 'invoice'>

/** Takes or reserves the whole order, which is then completed whatever the bank of a card says. */
export function takePayment(desk: Desk, order: PayPalOrder): PayPalOrder {
	const updated = desk.clock.seconds()
	const completed = desk.books.paypalOrders.put(keepInVault(desk, { ...order, status: 'COMPLETED', updated }))
	const { amount, custom, invoice } = completed
	if (order.intent === 'AUTHORIZE') authorize(desk, completed)
	else capture(desk, completed, { amount, authorization: null, custom, final: true, invoice })
	return completed
}

function bankSays(desk: Desk, { source }: PayPalOrder): string | null {
	if (source?.kind !== 'card') return null
	return answerOfBank(desk.books.paypalCards.get(source.card)?.number ?? '')
}

export function capture(desk: Desk, order: PayPalOrder, wanted: Wanted): PayPalCapture {
	const created = desk.clock.seconds()
	const processorCode = bankSays(desk, order)
	const made = desk.books.paypalCaptures.put({
		id: newPayPalId(),
		created,
		updated: created,
		order: order.id,
		...wanted,
		status: 'PENDING',
		fee: 0,
		refunded: 0,
		reversed: false,
		processorCode,
	})
	if (processorCode !== null && processorCode !== APPROVED) return refuse(desk, made, 'DECLINED')
	if (order.course !== 'pending' && order.course !== 'pending_fails') return complete(desk, made)
	desk.schedule.later(SETTLES_AFTER_SECONDS, 'paypal.capture.settle', made.id)
	publish(desk, 'PAYMENT.CAPTURE.PENDING', 'capture', viewCapture(desk, made), 'Payment pending')
	return made
}

/** The bank has answered a payment that was pending. */
export function settle(desk: Desk, id: string): void {
	const pending = desk.books.paypalCaptures.get(id)
	if (pending?.status !== 'PENDING') return
	const order = desk.books.paypalOrders.get(pending.order)
	if (order?.course === 'pending_fails') refuse(desk, pending, 'DENIED')
	else complete(desk, pending)
}

function complete(desk: Desk, pending: PayPalCapture): PayPalCapture {
	const { amount, id } = pending
	const fee = feeFor(amount)
	const completed = desk.books.paypalCaptures.put({
		...pending,
		fee,
		status: 'COMPLETED',
		updated: desk.clock.seconds(),
	})
	const order = desk.books.paypalOrders.get(pending.order)
	const subject = order?.description ?? null
	move(desk, { id, code: 'payment', amount, fee: -fee, reference: null, of: completed, subject })
	publish(desk, 'PAYMENT.CAPTURE.COMPLETED', 'capture', viewCapture(desk, completed), 'Payment completed')
	if (order && disputeOf(desk, order)) {
		desk.schedule.later(DISPUTED_AFTER_SECONDS, 'paypal.dispute.open', id)
	}
	return completed
}

/** PayPal has two names for the news: declined when the money was asked for, denied after it was pending. */
function refuse(desk: Desk, pending: PayPalCapture, what: 'DECLINED' | 'DENIED'): PayPalCapture {
	const updated = desk.clock.seconds()
	const refused = desk.books.paypalCaptures.put({ ...pending, status: 'DECLINED', updated })
	const seen = viewCapture(desk, refused)
	publish(desk, `PAYMENT.CAPTURE.${what}`, 'capture', seen, `Payment ${what.toLowerCase()}`)
	return refused
}

function authorize(desk: Desk, order: PayPalOrder): PayPalAuthorization {
	const created = desk.clock.seconds()
	const processorCode = bankSays(desk, order)
	const denied = processorCode !== null && processorCode !== APPROVED
	const made = desk.books.paypalAuthorizations.put({
		id: newPayPalId(),
		created,
		updated: created,
		order: order.id,
		status: denied ? 'DENIED' : 'CREATED',
		amount: order.amount,
		captured: 0,
		expires: created + AUTHORIZED_FOR_SECONDS,
		custom: order.custom,
		invoice: order.invoice,
		processorCode,
	})
	if (!denied) {
		const seen = viewAuthorization(desk, made)
		publish(desk, 'PAYMENT.AUTHORIZATION.CREATED', 'authorization', seen, 'Payment authorized')
	}
	return made
}
