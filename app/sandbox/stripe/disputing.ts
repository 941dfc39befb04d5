import { newId } from '../books/ids.ts'
import type { Dispute, DisputeStatus } from '../books/money-shapes.ts'
import type { Charge, ChargedWith } from '../books/payment-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { disputeFee } from './currencies.ts'
import { behaviourOfCharge } from './methods.ts'
import { publish } from './publish.ts'
import { move } from './transactions.ts'

const ANSWER_WITHIN_SECONDS = 7 * 86_400

export function openDispute(desk: Desk, chargeId: string): void {
	const charge = desk.books.charges.get(chargeId)
	const course = charge && behaviourOfCharge(desk, charge).dispute
	if (!charge || !course || charge.disputed || charge.refunded) return
	const inquiry = course === 'inquiry'
	const reason = course === 'product_not_received' ? course : 'fraudulent'
	const network_reason_code = reason === 'fraudulent' ? '10.4' : '13.1'
	const created = desk.clock.seconds()
	desk.books.charges.put({ ...charge, disputed: !inquiry })
	const opened = desk.books.disputes.put({
		id: newId('du'),
		object: 'dispute',
		amount: charge.amount_captured - charge.amount_refunded,
		balance_transactions: [],
		charge: charge.id,
		created,
		currency: charge.currency,
		evidence: {},
		evidence_details: {
			due_by: created + ANSWER_WITHIN_SECONDS,
			has_evidence: false,
			past_due: false,
			submission_count: 0,
		},
		is_charge_refundable: inquiry,
		livemode: false,
		metadata: {},
		network_reason_code,
		payment_intent: charge.payment_intent,
		...cardDetails(charge.payment_method_details, network_reason_code),
		reason,
		status: inquiry ? 'warning_needs_response' : 'needs_response',
	})
	publish(desk, 'charge.dispute.created', opened)
	if (!inquiry) withdraw(desk, opened)
}

/** Stripe tells more of a disputed card only. */
function cardDetails(
	details: ChargedWith,
	network_reason_code: string,
): Pick<Dispute, 'payment_method_details'> {
	if (details.type !== 'card') return {}
	const { brand } = details.card
	return { payment_method_details: { card: { brand, network_reason_code }, type: 'card' } }
}

export function withdraw(desk: Desk, dispute: Dispute): Dispute {
	const withdrawal = move(desk, {
		type: 'adjustment',
		amount: -dispute.amount,
		fee: disputeFee(dispute.currency),
		feeDescription: 'Dispute fee',
		currency: dispute.currency,
		source: dispute.id,
		description: `Chargeback withdrawal for ${dispute.charge}`,
		atOnce: true,
	})
	return report(desk, dispute, 'charge.dispute.funds_withdrawn', {
		balance_transactions: [...dispute.balance_transactions, withdrawal],
	})
}

function report(desk: Desk, dispute: Dispute, type: string, change: Partial<Dispute>): Dispute {
	const changed = desk.books.disputes.put({ ...dispute, ...change })
	publish(desk, type, changed)
	return changed
}

/** An inquiry the bank was not content with turns into a dispute proper. */
export function escalate(desk: Desk, dispute: Dispute): Dispute {
	const charge = desk.books.charges.get(dispute.charge)
	if (charge?.refunded) return close(desk, dispute, 'warning_closed')
	if (charge) desk.books.charges.put({ ...charge, disputed: true })
	const details = { ...dispute.evidence_details, due_by: desk.clock.seconds() + ANSWER_WITHIN_SECONDS }
	const left = charge ? charge.amount_captured - charge.amount_refunded : dispute.amount
	const change: Partial<Dispute> = {
		amount: Math.min(dispute.amount, left),
		evidence_details: details,
		is_charge_refundable: false,
		status: 'needs_response',
	}
	return withdraw(desk, report(desk, dispute, 'charge.dispute.updated', change))
}

export function close(
	desk: Desk,
	dispute: Dispute,
	status: Extract<DisputeStatus, 'won' | 'lost' | 'warning_closed'>,
): Dispute {
	if (status !== 'won') return report(desk, dispute, 'charge.dispute.closed', { status })
	const reinstatement = move(desk, {
		type: 'adjustment',
		amount: dispute.amount,
		fee: -disputeFee(dispute.currency),
		feeDescription: 'Dispute fee refund',
		currency: dispute.currency,
		source: dispute.id,
		description: `Chargeback reversal for ${dispute.charge}`,
		atOnce: true,
	})
	const won = report(desk, dispute, 'charge.dispute.funds_reinstated', {
		balance_transactions: [...dispute.balance_transactions, reinstatement],
		status,
	})
	publish(desk, 'charge.dispute.closed', won)
	return won
}

export function openWarning(desk: Desk, chargeId: string): void {
	const charge: Charge | undefined = desk.books.charges.get(chargeId)
	if (!charge) return
	const warning = desk.books.warnings.put({
		id: newId('issfr'),
		object: 'radar.early_fraud_warning',
		actionable: !charge.refunded && !charge.disputed,
		charge: charge.id,
		created: desk.clock.seconds(),
		fraud_type: 'unauthorized_use_of_card',
		livemode: false,
		payment_intent: charge.payment_intent,
	})
	publish(desk, 'radar.early_fraud_warning.created', warning)
}
