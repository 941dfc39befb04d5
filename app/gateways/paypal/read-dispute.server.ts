import type { DisputeMovement, DisputeObservation } from '../../domain/disputes/ports.ts'
import type { Dispute } from './dispute-shape.server.ts'
import { readStage } from './read-stage.server.ts'
import { amountOnWire } from './wire-amount.server.ts'

/** PayPal's reasons under the names the evidence fields go by. */
const REASONS: Readonly<Record<string, string>> = {
	CANCELED_RECURRING_BILLING: 'subscription_canceled',
	CREDIT_NOT_PROCESSED: 'credit_not_processed',
	DUPLICATE_TRANSACTION: 'duplicate',
	MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED: 'product_unacceptable',
	MERCHANDISE_OR_SERVICE_NOT_RECEIVED: 'product_not_received',
	PAYMENT_BY_OTHER_MEANS: 'duplicate',
	UNAUTHORISED: 'fraudulent',
}

type Move = Dispute['money_movements'][number]

const timeOf = ({ initiated_time: at }: Move): number => at?.getTime() ?? 0
const isFee = ({ reason }: Move): boolean => reason?.includes('FEE') ?? false

function sumOf(moves: readonly Move[], currency: string): DisputeMovement | null {
	if (moves.length === 0) return null
	const total = (lines: readonly Move[]) =>
		lines.reduce((sum, { amount }) => {
			const money = amountOnWire(amount)
			return money.currency === currency ? sum + money.minor : sum
		}, 0n)
	return { amountMinor: total(moves.filter((move) => !isFee(move))), feeMinor: total(moves.filter(isFee)) }
}

/**
 * What the case took from our account, and what of it came back. PayPal may hold, give back and take again: only
 * what happened since the money was last whole says where it is.
 */
function fundsOf({ money_movements: all }: Dispute, currency: string) {
	const ours = all
		.filter(({ affected_party: party }) => party === 'SELLER')
		.toSorted((a, b) => timeOf(a) - timeOf(b))
	const lastTaken = ours.findLastIndex(({ type }) => type === 'DEBIT')
	const lastGiven = ours.slice(0, Math.max(lastTaken, 0)).findLastIndex(({ type }) => type === 'CREDIT')
	const present = ours.slice(lastGiven + 1)
	return {
		withdrawn: sumOf(
			present.filter(({ type }) => type === 'DEBIT'),
			currency,
		),
		reinstated: sumOf(
			present.filter(({ type }) => type === 'CREDIT'),
			currency,
		),
	}
}

/** The charge a case is about, as PayPal has it. */
export type Disputed = { orderId: string | null; attemptId: string | null }

/** PayPal's dispute in our words. Throws when it says something we cannot read: then nothing is known. */
export function readDispute(dispute: Dispute, { orderId, attemptId }: Disputed): DisputeObservation {
	const { status, dispute_life_cycle_stage: stage, dispute_outcome: outcome } = dispute
	const state = readStage({ stage, status, outcome: outcome?.outcome_code ?? null })
	if (state === null) {
		throw new Error(`dispute ${dispute.dispute_id} is in the unknown state ${stage} ${status}`)
	}
	const { minor: amountMinor, currency } = amountOnWire(dispute.dispute_amount)
	return {
		...state,
		...fundsOf(dispute, currency),
		ref: dispute.dispute_id,
		paymentRef: orderId,
		attemptId,
		amountMinor,
		currency,
		reason: REASONS[dispute.reason] ?? 'general',
		networkReasonCode: dispute.external_reason_code ?? null,
		isChargeRefundable: state.stage === 'inquiry' && status !== 'RESOLVED',
		dueAt: dispute.seller_response_due_date ?? null,
		submissions: dispute.evidences.filter(({ source }) => source === 'SUBMITTED_BY_SELLER').length,
		openedAt: dispute.create_time,
	}
}
