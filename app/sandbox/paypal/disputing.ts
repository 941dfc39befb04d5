import type { PayPalCapture, PayPalDispute } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { disputeOf } from './dispute-cause.ts'
import { viewDispute } from './dispute-view.ts'
import { newPayPalId } from './ids.ts'
import { link } from './links.ts'
import { money } from './money.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

const DAY_SECONDS = 86_400
/** Buyer and seller have 20 days between themselves, a claim is to be answered within 10. */
const ANSWER_WITHIN_SECONDS = { INQUIRY: 20 * DAY_SECONDS, CHARGEBACK: 10 * DAY_SECONDS }

export function openDispute(desk: Desk, captureId: string): void {
	const capture = desk.books.paypalCaptures.get(captureId)
	const order = capture && desk.books.paypalOrders.get(capture.order)
	const cause = order && disputeOf(desk, order)
	if (!cause || desk.books.paypalDisputes.of(captureId).length > 0) return
	const { currency, minor } = capture.amount
	const left = minor - capture.refunded
	if (left === 0) return
	const created = desk.clock.seconds()
	const opened = desk.books.paypalDisputes.put({
		id: `PP-D-${newPayPalId(6)}`,
		created,
		updated: created,
		capture: captureId,
		amount: { currency, minor: left },
		...cause,
		status: cause.stage === 'INQUIRY' ? 'OPEN' : 'WAITING_FOR_SELLER_RESPONSE',
		outcome: null,
		answerBy: created + ANSWER_WITHIN_SECONDS[cause.stage],
		evidences: [],
	})
	if (opened.stage === 'CHARGEBACK') shift(desk, opened, 'hold')
	report(desk, 'CREATED', opened)
}

export function report(
	desk: Desk,
	what: 'CREATED' | 'UPDATED' | 'RESOLVED',
	dispute: PayPalDispute,
): PayPalDispute {
	const seen = viewDispute(desk, dispute)
	publish(desk, `CUSTOMER.DISPUTE.${what}`, 'dispute', seen, `Dispute ${what.toLowerCase()}`)
	return dispute
}

/** A claim freezes the money at once. At its end it is released, and taken only then if the case was lost. */
function shift(desk: Desk, dispute: PayPalDispute, code: 'hold' | 'release' | 'chargeback'): string {
	const { amount, capture, id } = dispute
	const sign = code === 'release' ? 1 : -1
	const moved = move(desk, {
		code,
		amount: { ...amount, minor: sign * amount.minor },
		reference: capture,
		of: desk.books.paypalCaptures.get(capture) ?? { custom: null, invoice: null },
		subject: id,
	})
	return moved.id
}

/** The buyer was not content with the answer to an inquiry and asks PayPal to decide. */
export function escalate(desk: Desk, dispute: PayPalDispute): PayPalDispute {
	const updated = desk.clock.seconds()
	const claimed = desk.books.paypalDisputes.put({
		...dispute,
		answerBy: updated + ANSWER_WITHIN_SECONDS.CHARGEBACK,
		stage: 'CHARGEBACK',
		status: 'WAITING_FOR_SELLER_RESPONSE',
		updated,
	})
	shift(desk, claimed, 'hold')
	return report(desk, 'UPDATED', claimed)
}

export function resolve(
	desk: Desk,
	dispute: PayPalDispute,
	outcome: NonNullable<PayPalDispute['outcome']>,
): PayPalDispute {
	if (dispute.stage === 'CHARGEBACK') shift(desk, dispute, 'release')
	if (outcome === 'RESOLVED_BUYER_FAVOUR') takeBack(desk, dispute)
	const updated = desk.clock.seconds()
	return report(
		desk,
		'RESOLVED',
		desk.books.paypalDisputes.put({ ...dispute, outcome, status: 'RESOLVED', updated }),
	)
}

/** The buyer gets the money; PayPal keeps its fee and takes no other. */
function takeBack(desk: Desk, dispute: PayPalDispute): void {
	const reversal = shift(desk, dispute, 'chargeback')
	const capture = desk.books.paypalCaptures.get(dispute.capture)
	if (!capture) return
	const updated = desk.clock.seconds()
	const reversed = desk.books.paypalCaptures.put({ ...capture, reversed: true, updated })
	publish(
		desk,
		'PAYMENT.CAPTURE.REVERSED',
		'refund',
		viewReversal(desk, reversed, dispute, reversal),
		'Payment reversed',
	)
}

/** As a refund looks, but without one to be fetched: the link leads up to the capture. */
const viewReversal = (desk: Desk, capture: PayPalCapture, { amount }: PayPalDispute, id: string): object => ({
	id,
	status: 'COMPLETED',
	amount: money(amount),
	...(capture.invoice !== null && { invoice_id: capture.invoice }),
	...(capture.custom !== null && { custom_id: capture.custom }),
	links: [link(desk, 'up', `/v2/payments/captures/${capture.id}`)],
})

/** The whole payment was given back of the merchant's own accord: there is nothing left to decide. */
export function settleByRefund(desk: Desk, captureId: string): void {
	for (const dispute of desk.books.paypalDisputes.of(captureId)) {
		if (dispute.status !== 'RESOLVED') resolve(desk, dispute, 'CANCELED_BY_BUYER')
	}
}
