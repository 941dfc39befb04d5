import type { PayPalCapture, PayPalOrder, PayPalRefund } from '../books/paypal-shapes.ts'
import { behaviourOf } from '../cards/behaviours.ts'
import type { Desk } from '../sandbox.ts'
import { settleByRefund } from './disputing.ts'
import { newPayPalId } from './ids.ts'
import { viewRefund } from './payment-views.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

export type Asked = Pick<PayPalRefund, 'custom' | 'invoice' | 'note'>

const SETTLES_AFTER_SECONDS = 600

/** Two cards give money back slowly, and one of them not at all in the end. */
function courseOf(
	{ books }: Desk,
	source: PayPalOrder['source'] | undefined,
): 'pending' | 'fails' | undefined {
	if (source?.kind !== 'card') return undefined
	const { refund: course } = behaviourOf(books.paypalCards.get(source.card)?.number ?? '')
	if (course === 'fails_later') return 'fails'
	return course === 'pending' ? 'pending' : undefined
}

const courseOfRefund = (desk: Desk, captured: PayPalCapture) =>
	courseOf(desk, desk.books.paypalOrders.get(captured.order)?.source)

export function refund(desk: Desk, captured: PayPalCapture, minor: number, asked: Asked): PayPalRefund {
	const { currency } = captured.amount
	const created = desk.clock.seconds()
	const { refunded } = count(desk, captured, minor)
	const made = desk.books.paypalRefunds.put({
		id: newPayPalId(),
		created,
		updated: created,
		capture: captured.id,
		status: 'PENDING',
		amount: { currency, minor },
		totalRefunded: refunded,
		...asked,
	})
	if (courseOfRefund(desk, captured) === undefined) return complete(desk, made)
	desk.schedule.later(SETTLES_AFTER_SECONDS, 'paypal.refund.settle', made.id)
	publish(desk, 'PAYMENT.REFUND.PENDING', 'refund', viewRefund(desk, made), 'Refund pending')
	return made
}

/** What is promised back counts as given back, so that it cannot be promised twice. */
function count(desk: Desk, captured: PayPalCapture, minor: number): PayPalCapture {
	const refunded = captured.refunded + minor
	const whole = refunded === captured.amount.minor
	return desk.books.paypalCaptures.put({
		...captured,
		refunded,
		status: whole ? 'REFUNDED' : refunded === 0 ? 'COMPLETED' : 'PARTIALLY_REFUNDED',
		updated: desk.clock.seconds(),
	})
}

/** The bank has answered a refund that was pending. */
export function settleRefund(desk: Desk, id: string): void {
	const pending = desk.books.paypalRefunds.get(id)
	const captured = pending && desk.books.paypalCaptures.get(pending.capture)
	if (!captured || pending.status !== 'PENDING') return
	if (courseOfRefund(desk, captured) === 'fails') fail(desk, pending, captured)
	else complete(desk, pending)
}

function complete(desk: Desk, pending: PayPalRefund): PayPalRefund {
	const { amount, capture, id, note } = pending
	const updated = desk.clock.seconds()
	const made = desk.books.paypalRefunds.put({ ...pending, status: 'COMPLETED', updated })
	move(desk, {
		id,
		code: 'refund',
		amount: { ...amount, minor: -amount.minor },
		reference: capture,
		of: made,
		subject: note,
	})
	publish(desk, 'PAYMENT.CAPTURE.REFUNDED', 'refund', viewRefund(desk, made), 'Payment refunded')
	if (desk.books.paypalCaptures.get(capture)?.status === 'REFUNDED') settleByRefund(desk, capture)
	return made
}

function fail(desk: Desk, pending: PayPalRefund, captured: PayPalCapture): void {
	count(desk, captured, -pending.amount.minor)
	const updated = desk.clock.seconds()
	const failed = desk.books.paypalRefunds.put({ ...pending, status: 'FAILED', updated })
	publish(desk, 'PAYMENT.REFUND.FAILED', 'refund', viewRefund(desk, failed), 'Refund failed')
}
