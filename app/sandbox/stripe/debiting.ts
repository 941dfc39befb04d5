import { takesSeconds } from '../banks/debits.ts'
import { type DebitFailure, failureNamed } from '../banks/failures.ts'
import type { Acceptance, Debit, PaymentMethod } from '../books/method-shapes.ts'
import type { Charge, PaymentIntent } from '../books/payment-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { chargedAccount } from './bank-accounts.ts'
import { draftCharge } from './charge-draft.ts'
import { debitFee } from './currencies.ts'
import { fail } from './failing.ts'
import { sign, standingMandate } from './mandates.ts'
import { courseOf } from './methods.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

const RETURNED_AFTER_SECONDS = 600

/** Nobody scores the risk of a debit. */
const OUTCOME: Charge['outcome'] = {
	network_status: 'approved_by_network',
	reason: null,
	risk_level: 'not_assessed',
	seller_message: 'Payment complete.',
	type: 'authorized',
}

/** Asks the payer's bank for the money. Its answer takes days, but the books count on it from the first. */
export function debit(
	desk: Desk,
	intent: PaymentIntent,
	method: PaymentMethod & Debit,
	acceptance: Acceptance | null,
): PaymentIntent {
	const mandate = acceptance ? sign(desk, intent, method, acceptance) : standingMandate(desk, method)
	if (!mandate) throw new Error(`No mandate to debit ${method.id}`)
	const course = courseOf(desk, method)
	const takes = takesSeconds(method.type, course)
	const details = chargedAccount(method, mandate, desk.clock.seconds())
	const asked = draftCharge(desk, { intent, method, details, outcome: OUTCOME })
	const { id } = move(desk, {
		type: 'payment',
		amount: intent.amount,
		fee: debitFee(method.type, intent.amount),
		currency: intent.currency,
		source: asked.id,
		description: intent.description,
		availableOn: asked.created + takes,
	})
	const pending = desk.books.charges.put({ ...asked, balance_transaction: id, captured: true })
	publish(desk, 'charge.pending', pending)
	if (course.takes !== 'forever') desk.schedule.later(takes, 'debit.settle', pending.id)
	const processing = desk.books.intents.put({ ...intent, latest_charge: pending.id, status: 'processing' })
	publish(desk, 'payment_intent.processing', processing)
	return processing
}

/** The payer's bank has answered. */
export function settleDebit(desk: Desk, chargeId: string): void {
	const pending = desk.books.charges.get(chargeId)
	if (pending?.status !== 'pending') return
	const intent = desk.books.intents.get(pending.payment_intent)
	const method = desk.books.methods.get(pending.payment_method)
	if (!intent || !method) return
	const { failure, returned } = courseOf(desk, method)
	if (failure) return refuse(desk, pending, intent, method, failureNamed(failure))
	const amount_captured = pending.amount
	const paid = desk.books.charges.put({ ...pending, amount_captured, paid: true, status: 'succeeded' })
	publish(desk, 'charge.succeeded', paid)
	const amount_received = intent.amount
	const settled = desk.books.intents.put({ ...intent, amount_received, status: 'succeeded' })
	publish(desk, 'payment_intent.succeeded', settled)
	if (returned) desk.schedule.later(RETURNED_AFTER_SECONDS, 'debit.return', paid.id)
}

function refuse(
	desk: Desk,
	pending: Charge,
	intent: PaymentIntent,
	payment_method: PaymentMethod,
	{ code, failure_code, message }: DebitFailure,
): void {
	publish(desk, 'charge.failed', giveUp(desk, pending, failure_code, message))
	fail(desk, intent, { type: 'invalid_request_error', code, message, charge: pending.id, payment_method })
}

/** Takes a debit the bank has not yet paid off the balance again, with its fee. */
function giveUp(desk: Desk, pending: Charge, failure_code: string | null, failure_message: string): Charge {
	const entered = desk.books.transactions.get(pending.balance_transaction ?? '')
	const { id } = move(desk, {
		type: 'payment_failure_refund',
		amount: -pending.amount,
		fee: -(entered?.fee ?? 0),
		currency: pending.currency,
		source: pending.id,
		description: `PAYMENT FAILURE (${pending.id})`,
		availableOn: entered?.available_on ?? pending.created,
	})
	return desk.books.charges.put({
		...pending,
		captured: false,
		failure_balance_transaction: id,
		failure_code,
		failure_message,
		outcome: {
			...OUTCOME,
			network_status: 'declined_by_network',
			reason: failure_code,
			seller_message: failure_message,
			type: 'issuer_declined',
		},
		status: 'failed',
	})
}

/** ACH debits go to the bank in batches: until then they can be called off. Tells whether this one was. */
export function voidDebit(desk: Desk, charge: Charge): boolean {
	if (charge.status !== 'pending' || charge.payment_method_details.type !== 'us_bank_account') return false
	publish(desk, 'charge.failed', giveUp(desk, charge, null, 'The payment was canceled before it was sent.'))
	return true
}
