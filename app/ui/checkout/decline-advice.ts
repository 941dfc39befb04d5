import type { PaymentError } from '../../contracts/payments.ts'

const ADVICE: Readonly<Record<string, string>> = {
	insufficient_funds: 'Use another card, or ask your bank.',
	expired_card: 'Check the expiry date, or use another card.',
	incorrect_cvc: 'Check the security code on the back of the card.',
	incorrect_number: 'Check the card number.',
	incorrect_zip: 'Check the postal code, or use another card.',
	authentication_required: 'Try again and answer your bank’s question, or use another card.',
	payment_intent_authentication_failure: 'Try again and answer your bank’s question, or use another card.',
	processing_error: 'Try again in a moment, or use another card.',
	too_many_tries: 'Another card can be used right away.',
	card_velocity_exceeded: 'Wait a while, or use another card.',
}

/** What is known of a refusal's kind, when its own code says no more. */
const BY_KIND: Record<NonNullable<PaymentError['advice']>, string> = {
	retry_same: 'Try again in a moment.',
	other_card: 'Try another card, or ask your bank why it said no.',
	other_method: 'Choose another way to pay.',
	stop: 'Trying again will not help. Ask your bank, or pay another way.',
}

/** What the shopper can do next. Lost and stolen cards get the general advice on purpose. */
export function adviceFor(error: PaymentError): string {
	const known = ADVICE[error.decline_code ?? ''] ?? ADVICE[error.code]
	if (known) return known
	if (error.advice) return BY_KIND[error.advice]
	return error.type === 'gateway_error' ? 'Try again in a moment.' : BY_KIND.other_card
}
