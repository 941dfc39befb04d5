import type Stripe from 'stripe'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import { declineMessage } from './decline-message.ts'
import { fromWire } from './wire-amount.server.ts'

function chargeOf(intent: Stripe.PaymentIntent): Stripe.Charge | null {
	const charge = intent.latest_charge
	return charge !== null && typeof charge === 'object' ? charge : null
}

const chargeRefOf = (intent: Stripe.PaymentIntent): string | null =>
	typeof intent.latest_charge === 'string' ? intent.latest_charge : (intent.latest_charge?.id ?? null)

function feeOf(intent: Stripe.PaymentIntent): bigint | null {
	const transaction = chargeOf(intent)?.balance_transaction
	if (transaction === null || typeof transaction !== 'object') return null
	return transaction.currency === intent.currency ? fromWire(transaction.fee, intent.currency) : null
}

/** Stripe's PaymentIntent in our words. */
export function readIntent(intent: Stripe.PaymentIntent): GatewayOutcome {
	const ref = intent.id
	switch (intent.status) {
		case 'succeeded': {
			const amountMinor = fromWire(intent.amount_received, intent.currency)
			if (amountMinor === null) return { kind: 'unknown', ref, reason: 'unreadable amount' }
			const { currency } = intent
			return {
				kind: 'captured',
				ref,
				chargeRef: chargeRefOf(intent),
				amountMinor,
				currency,
				feeMinor: feeOf(intent),
			}
		}
		case 'requires_capture': {
			const amountMinor = fromWire(intent.amount_capturable, intent.currency)
			if (amountMinor === null) return { kind: 'unknown', ref, reason: 'unreadable amount' }
			return {
				kind: 'authorized',
				ref,
				chargeRef: chargeRefOf(intent),
				amountMinor,
				currency: intent.currency,
			}
		}
		case 'requires_action':
			return { kind: 'action_needed', ref, url: intent.next_action?.redirect_to_url?.url ?? null }
		case 'requires_payment_method': {
			const error = intent.last_payment_error
			if (!error) return { kind: 'unknown', ref, reason: 'no method and no error' }
			const code = error.code ?? 'card_declined'
			const declineCode = error.decline_code ?? null
			return { kind: 'declined', ref, code, declineCode, message: declineMessage(code, declineCode) }
		}
		case 'processing':
			return { kind: 'processing', ref }
		case 'canceled':
			return { kind: 'canceled', ref }
		default:
			return { kind: 'unknown', ref, reason: `status ${intent.status}` }
	}
}
