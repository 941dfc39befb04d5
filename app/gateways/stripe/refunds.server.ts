import Stripe from 'stripe'
import type { RefundOutcome, RefundRequest } from '../../domain/payments/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { isMissing } from './read-error.server.ts'

/** Stripe blocks the card of a refund marked `fraudulent`, so that word is only sent when a person chose it. */
const STRIPE_REASONS: Readonly<Record<string, Stripe.RefundCreateParams.Reason>> = {
	duplicate: 'duplicate',
	fraudulent: 'fraudulent',
	requested_by_customer: 'requested_by_customer',
}

export function readRefund(refund: Stripe.Refund): RefundOutcome {
	const facts = { ref: refund.id, amountMinor: BigInt(refund.amount), currency: refund.currency }
	switch (refund.status) {
		case 'succeeded':
		case 'pending':
		case 'requires_action':
			return { kind: refund.status, ...facts }
		case 'failed':
		case 'canceled':
			return { kind: refund.status, ref: refund.id, reason: refund.failure_reason ?? refund.status }
		default:
			return { kind: 'unknown', reason: `status ${refund.status ?? 'missing'}` }
	}
}

export async function createRefund(stripe: Stripe, request: RefundRequest): Promise<RefundOutcome> {
	assertNoOpenTransaction('calling Stripe')
	const reason = STRIPE_REASONS[request.reason ?? '']
	try {
		const refund = await stripe.refunds.create(
			{
				payment_intent: request.paymentRef,
				amount: Number(request.amountMinor),
				metadata: { refund_id: request.refundId },
				...(reason && { reason }),
			},
			{ idempotencyKey: request.refundId },
		)
		return readRefund(refund)
	} catch (error) {
		if (error instanceof Stripe.errors.StripeInvalidRequestError) {
			return { kind: 'failed', ref: null, reason: error.code ?? 'invalid_request' }
		}
		return { kind: 'unknown', reason: error instanceof Error ? error.message : 'unreadable answer' }
	}
}

export async function findRefund(stripe: Stripe, ref: string): Promise<RefundOutcome | null> {
	assertNoOpenTransaction('calling Stripe')
	try {
		return readRefund(await stripe.refunds.retrieve(ref))
	} catch (error) {
		if (isMissing(error)) return null
		throw error
	}
}
