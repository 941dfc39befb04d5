import type { DisputeState } from '../../domain/disputes/dispute-state.ts'
import type { DisputeMovement, DisputeObservation } from '../../domain/disputes/ports.ts'
import type { Money } from '../../domain/money/money.ts'
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

const isFee = ({ reason }: Move): boolean => reason?.includes('FEE') ?? false

/** What was moved between the buyer and us in one direction, once the case was settled; null when nothing was. */
function settled(dispute: Dispute, type: 'DEBIT' | 'CREDIT', currency: string): DisputeMovement | null {
	const moves = dispute.money_movements.filter(
		(move) => move.affected_party === 'SELLER' && move.type === type,
	)
	if (moves.length === 0) return null
	const total = (lines: readonly Move[]) =>
		lines.reduce((sum, { amount }) => {
			const money = amountOnWire(amount)
			return money.currency === currency ? sum + money.minor : sum
		}, 0n)
	return { amountMinor: total(moves.filter((move) => !isFee(move))), feeMinor: total(moves.filter(isFee)) }
}

/**
 * PayPal holds the disputed amount from the moment a case is more than an inquiry, and lets go of it when the case is
 * over. It names a hold nowhere but in its Transaction Search, hours later; reconciliation compares with that.
 */
function fundsOf(
	dispute: Dispute,
	{ stage, status }: DisputeState,
	{ minor, currency }: Money,
): Pick<DisputeObservation, 'withdrawn' | 'reinstated'> {
	const taken = settled(dispute, 'DEBIT', currency)
	const given = settled(dispute, 'CREDIT', currency)
	const hold = stage === 'inquiry' ? null : { amountMinor: minor, feeMinor: 0n }
	const isReleased = taken === null && (status === 'won' || status === 'closed')
	return { withdrawn: taken ?? hold, reinstated: given ?? (isReleased ? hold : null) }
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
	const money = amountOnWire(dispute.dispute_amount)
	return {
		...state,
		...fundsOf(dispute, state, money),
		ref: dispute.dispute_id,
		paymentRef: orderId,
		attemptId,
		amountMinor: money.minor,
		currency: money.currency,
		reason: REASONS[dispute.reason] ?? 'general',
		networkReasonCode: dispute.external_reason_code ?? null,
		isChargeRefundable: state.stage === 'inquiry' && status !== 'RESOLVED',
		dueAt: dispute.seller_response_due_date ?? null,
		submissions: dispute.evidences.filter(({ source }) => source === 'SUBMITTED_BY_SELLER').length,
		openedAt: dispute.create_time,
	}
}
