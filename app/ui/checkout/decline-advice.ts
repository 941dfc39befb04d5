import type { PaymentError } from '../../contracts/payments.ts'

const WORDS: Record<NonNullable<PaymentError['advice']>, string> = {
	retry_same: 'Try again in a moment.',
	other_card: 'Try another card, or ask your bank why it said no.',
	other_method: 'Choose another way to pay.',
	stop: 'Trying again will not help. Ask your bank, or pay another way.',
}

/** What the shopper can do next, where the message itself does not say: the house has judged the reason, not the page. */
export const adviceFor = ({ advice, type }: PaymentError): string =>
	WORDS[advice ?? (type === 'gateway_error' ? 'retry_same' : 'other_card')]
