import { newId } from '../books/ids.ts'
import type { Refund, RefundDestination } from '../books/money-shapes.ts'
import type { Charge } from '../books/payment-shapes.ts'
import { refused } from '../http/errors.ts'
import type { Desk } from '../sandbox.ts'
import { isCard } from './charge-draft.ts'
import { chargeNamed } from './charges.ts'
import { checkStep } from './currencies.ts'
import { behaviourOfCharge } from './methods.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

const SETTLES_AFTER_SECONDS = 600
/** A refund of a debit is a bank transfer back. */
const BANK_TAKES_SECONDS = 3 * 86_400

const FIRST_STATUS = {
	succeeds: 'succeeded',
	fails_later: 'succeeded',
	pending: 'pending',
	asks_payer: 'requires_action',
} as const

const open = (charge: Charge): number => charge.amount_captured - charge.amount_refunded

export function checkRefundable(charge: Charge, amount: number | undefined): number {
	const left = open(charge)
	if (charge.disputed) {
		throw refused(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed')
	}
	if (charge.status === 'pending') {
		throw refused(`Charge ${charge.id} is still pending; it can be refunded once it has succeeded.`)
	}
	if (!charge.paid || !charge.captured) {
		throw refused(`Charge ${charge.id} has not been captured; cancel its PaymentIntent instead.`)
	}
	if (left === 0) {
		throw refused(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
	}
	const asked = amount ?? left
	if (asked > left) {
		throw refused(
			`Refund amount (${asked}) is greater than unrefunded amount on charge (${left})`,
			'amount_too_large',
			{ param: 'amount' },
		)
	}
	checkStep(asked, charge.currency)
	return asked
}

export function refund(
	desk: Desk,
	charge: Charge,
	amount: number,
	asked: Pick<Refund, 'metadata' | 'reason'>,
): Refund {
	const destination_details = destinationOf(charge)
	const toBank = destination_details.type !== 'card'
	const course = toBank ? 'pending' : behaviourOfCharge(desk, charge).refund
	const card = isCard(charge)
	const id = newId(card ? 're' : 'pyr')
	const { currency } = charge
	const transaction = move(desk, {
		type: card ? 'refund' : 'payment_refund',
		amount: -amount,
		fee: 0,
		currency,
		source: id,
		description: `REFUND FOR ${card ? 'CHARGE' : 'PAYMENT'} ${charge.id}`,
	})
	const made = desk.books.refunds.put({
		id,
		object: 'refund',
		amount,
		balance_transaction: transaction.id,
		charge: charge.id,
		created: desk.clock.seconds(),
		currency,
		destination_details,
		failure_balance_transaction: null,
		failure_reason: null,
		...asked,
		payment_intent: charge.payment_intent,
		receipt_number: null,
		pending_reason: course === 'pending' ? 'processing' : null,
		status: FIRST_STATUS[course ?? 'succeeds'],
	})
	publish(desk, 'refund.created', made)
	publish(desk, 'charge.refunded', count(desk, charge, amount))
	const takes = toBank ? BANK_TAKES_SECONDS : SETTLES_AFTER_SECONDS
	if (course === 'pending') desk.schedule.later(takes, 'refund.succeed', id)
	if (course === 'fails_later') desk.schedule.later(SETTLES_AFTER_SECONDS, 'refund.fail', id)
	return made
}

function destinationOf({ payment_method_details: { type } }: Charge): RefundDestination {
	const transfer = { reference: null, reference_status: 'pending' } as const
	if (type === 'us_bank_account') return { type: 'us_bank_transfer', us_bank_transfer: transfer }
	if (type === 'sepa_debit') return { type: 'eu_bank_transfer', eu_bank_transfer: transfer }
	return { type: 'card', card: { type: 'refund' } }
}

function count(desk: Desk, charge: Charge, amount: number): Charge {
	const amount_refunded = charge.amount_refunded + amount
	const refunded = amount_refunded === charge.amount_captured
	return desk.books.charges.put({ ...charge, amount_refunded, refunded })
}

export function succeed(desk: Desk, id: string): void {
	const pending = desk.books.refunds.get(id)
	if (pending?.status !== 'pending') return
	publish(
		desk,
		'refund.updated',
		desk.books.refunds.put({ ...pending, pending_reason: null, status: 'succeeded' }),
	)
}

/** The money comes back to the gateway balance and the charge counts as not refunded again. */
export function undo(desk: Desk, id: string, status: 'failed' | 'canceled'): Refund | undefined {
	const made = desk.books.refunds.get(id)
	if (!made || made.status === 'failed' || made.status === 'canceled') return made
	const back = move(desk, {
		type: 'refund_failure',
		amount: made.amount,
		fee: 0,
		currency: made.currency,
		source: id,
		description: `REFUND ${status === 'failed' ? 'FAILURE' : 'CANCELLATION'} (${id})`,
	})
	const undone = desk.books.refunds.put({
		...made,
		failure_balance_transaction: back.id,
		failure_reason: status === 'failed' ? 'expired_or_canceled_card' : null,
		pending_reason: null,
		status,
	})
	count(desk, chargeNamed(desk, made.charge), -made.amount)
	publish(desk, 'refund.updated', undone)
	if (status === 'failed') publish(desk, 'refund.failed', undone)
	return undone
}
