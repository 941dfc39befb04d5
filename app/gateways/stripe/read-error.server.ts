import Stripe from 'stripe'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import { declineMessage } from './decline-message.ts'

/**
 * What a failed call says about the money. Only a card error and a request Stripe refused as invalid prove that
 * nothing was charged; everything else (time-outs, resets, 5xx, 409, 429, garbage) is unknown.
 */
export function readChargeError(error: unknown): GatewayOutcome {
	if (error instanceof Stripe.errors.StripeCardError) {
		const code = error.code ?? 'card_declined'
		const declineCode = error.decline_code ?? null
		const ref = error.payment_intent?.id ?? null
		return { kind: 'declined', ref, code, declineCode, message: declineMessage(code, declineCode) }
	}
	if (
		error instanceof Stripe.errors.StripeInvalidRequestError &&
		error.type === 'StripeInvalidRequestError'
	) {
		const message = `The gateway refused the payment: ${error.message} Nothing was charged.`
		return { kind: 'declined', ref: null, code: error.code ?? 'invalid_request', declineCode: null, message }
	}
	return { kind: 'unknown', ref: null, reason: error instanceof Error ? error.message : 'unreadable answer' }
}

export const isMissing = (error: unknown): boolean =>
	error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
