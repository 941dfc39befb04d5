import type Stripe from 'stripe'
import type { DisputeMovement, DisputeObservation } from '../../domain/disputes/ports.ts'
import { readStage } from './read-stage.server.ts'
import { amountOnWire } from './wire-amount.server.ts'

const refOf = (value: string | { id: string } | null): string | null =>
	typeof value === 'string' ? value : (value?.id ?? null)

/** The payment's metadata comes only with an expanded answer. */
const attemptOf = ({ payment_intent: intent }: Stripe.Dispute): string | null =>
	typeof intent === 'object' ? (intent?.metadata?.['attempt_id'] ?? null) : null

const sum = (amounts: readonly number[], currency: string): bigint =>
	amounts.reduce((total, amount) => total + amountOnWire(amount, currency), 0n)

/**
 * What left the balance (`direction` -1) or came back (1). Lines in the currency the account is settled in say
 * nothing about the dispute's: then its own amount moved, and the fee is not known in its currency.
 */
function movementOf(dispute: Stripe.Dispute, direction: 1 | -1): DisputeMovement | null {
	const moved = dispute.balance_transactions.filter(({ amount }) => Math.sign(amount) === direction)
	if (moved.length === 0) return null
	const lines = moved.filter(({ currency }) => currency === dispute.currency)
	if (lines.length < moved.length)
		return { amountMinor: amountOnWire(dispute.amount, dispute.currency), feeMinor: 0n }
	const fee =
		sum(
			lines.map((line) => line.fee),
			dispute.currency,
		) * BigInt(-direction)
	return {
		amountMinor: sum(
			lines.map((line) => Math.abs(line.amount)),
			dispute.currency,
		),
		feeMinor: fee > 0n ? fee : 0n,
	}
}

/** Stripe's dispute in our words. Throws when it says something we cannot read: then nothing is known. */
export function readDispute(dispute: Stripe.Dispute): DisputeObservation {
	const state = readStage(dispute.status)
	if (state === null) throw new Error(`dispute ${dispute.id} has the unknown status ${dispute.status}`)
	const { due_by: dueBy, submission_count: submissions } = dispute.evidence_details
	return {
		...state,
		ref: dispute.id,
		paymentRef: refOf(dispute.payment_intent),
		attemptId: attemptOf(dispute),
		amountMinor: amountOnWire(dispute.amount, dispute.currency),
		currency: dispute.currency,
		withdrawn: movementOf(dispute, -1),
		reinstated: movementOf(dispute, 1),
		reason: dispute.reason,
		networkReasonCode: dispute.network_reason_code ?? null,
		isChargeRefundable: dispute.is_charge_refundable,
		// 0 = the bank does not take an answer.
		dueAt: dueBy === null || dueBy === 0 ? null : new Date(dueBy * 1000),
		submissions,
		openedAt: new Date(dispute.created * 1000),
	}
}
