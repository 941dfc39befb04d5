import Stripe from 'stripe'
import type { GatewayRefund, RefundOutcome, RefundRequest } from '../../domain/payments/ports.ts'
import { PENDING_REASONS, type PendingReason } from '../../domain/refunds/refund-state.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { isMissing } from './read-error.server.ts'
import { fromWire, toWire } from './wire-amount.server.ts'

/** Stripe blocks the card of a refund marked `fraudulent`, so that word is only sent when a person chose it. */
const STRIPE_REASONS = {
	duplicate: 'duplicate',
	fraudulent: 'fraudulent',
	requested_by_customer: 'requested_by_customer',
} as const

const stripeReason = (reason: string | null): keyof typeof STRIPE_REASONS | null =>
	reason !== null && Object.hasOwn(STRIPE_REASONS, reason) ? (reason as keyof typeof STRIPE_REASONS) : null

/** Our `awaiting_approval` is not a word of the gateway's. */
const pendingReason = (refund: Stripe.Refund): PendingReason =>
	PENDING_REASONS.find((known) => known === refund.pending_reason && known !== 'awaiting_approval') ??
	'processing'

export function readRefund(refund: Stripe.Refund): RefundOutcome {
	const amountMinor = fromWire(refund.amount, refund.currency)
	if (amountMinor === null) return { kind: 'unknown', reason: 'unreadable amount' }
	const facts = { ref: refund.id, amountMinor, currency: refund.currency }
	switch (refund.status) {
		case 'pending':
			return { kind: 'pending', ...facts, pendingReason: pendingReason(refund) }
		case 'succeeded':
		case 'requires_action':
			return { kind: refund.status, ...facts, pendingReason: null }
		case 'failed':
		case 'canceled':
			return { kind: refund.status, ref: refund.id, reason: refund.failure_reason ?? refund.status }
		default:
			return { kind: 'unknown', reason: `status ${refund.status ?? 'missing'}` }
	}
}

function readWhole(refund: Stripe.Refund): GatewayRefund {
	const intent = refund.payment_intent
	return {
		ref: refund.id,
		paymentRef: typeof intent === 'string' ? intent : (intent?.id ?? null),
		refundId: refund.metadata?.['refund_id'] ?? null,
		attemptId: (typeof intent === 'object' && intent?.metadata['attempt_id']) || null,
		// What cannot be read is nothing; the outcome says so as well.
		amountMinor: fromWire(refund.amount, refund.currency) ?? 0n,
		currency: refund.currency,
		reason: stripeReason(refund.reason),
		outcome: readRefund(refund),
	}
}

/** Only a request Stripe refused as invalid proves that nothing happened; any other failure is no answer. */
function readRefundError(error: unknown): RefundOutcome {
	if (error instanceof Stripe.errors.StripeInvalidRequestError) {
		return { kind: 'failed', ref: null, reason: error.code ?? 'invalid_request' }
	}
	return { kind: 'unknown', reason: error instanceof Error ? error.message : 'unreadable answer' }
}

export async function createRefund(stripe: Stripe, request: RefundRequest): Promise<RefundOutcome> {
	assertNoOpenTransaction('calling Stripe')
	const reason = stripeReason(request.reason)
	try {
		const refund = await stripe.refunds.create(
			{
				payment_intent: request.paymentRef,
				amount: toWire(request.amountMinor, request.currency),
				metadata: { refund_id: request.refundId },
				...(reason && { reason }),
			},
			{ idempotencyKey: request.refundId },
		)
		return readRefund(refund)
	} catch (error) {
		return readRefundError(error)
	}
}

/** The payment comes along, since its metadata names our attempt where our row does not know its id yet. */
export async function findRefund(stripe: Stripe, ref: string): Promise<GatewayRefund | null> {
	assertNoOpenTransaction('calling Stripe')
	try {
		return readWhole(await stripe.refunds.retrieve(ref, { expand: ['payment_intent'] }))
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}

export async function findRefundOf(
	stripe: Stripe,
	{ refundId, paymentRef }: Pick<RefundRequest, 'refundId' | 'paymentRef'>,
): Promise<RefundOutcome | null> {
	assertNoOpenTransaction('calling Stripe')
	try {
		for await (const refund of stripe.refunds.list({ payment_intent: paymentRef, limit: 100 })) {
			if (refund.metadata?.['refund_id'] === refundId) return readRefund(refund)
		}
		return null
	} catch (error) {
		if (isMissing(error)) return null
		return { kind: 'unknown', reason: error instanceof Error ? error.message : 'unreadable list' }
	}
}

export async function cancelRefund(
	stripe: Stripe,
	{ refundId, ref }: { refundId: string; ref: string },
): Promise<RefundOutcome> {
	assertNoOpenTransaction('calling Stripe')
	try {
		return readRefund(await stripe.refunds.cancel(ref, {}, { idempotencyKey: `${refundId}:cancel` }))
	} catch (error) {
		return readRefundError(error)
	}
}
