import type { MethodTerms, MethodType } from './method-terms.ts'

export const METHOD_TITLES: Readonly<Record<MethodType, string>> = {
	card: 'Card',
	apple_pay: 'Apple Pay',
	google_pay: 'Google Pay',
	link: 'Link',
	us_bank_account: 'US bank account',
	sepa_debit: 'SEPA Direct Debit',
	paypal: 'PayPal',
}

/** As a page lists them: the quickest first, and bank accounts, which settle days later, last. */
export const METHOD_ORDER = [
	'apple_pay',
	'google_pay',
	'link',
	'card',
	'paypal',
	'us_bank_account',
	'sepa_debit',
] as const satisfies readonly MethodType[]

/** What a shopper should know before choosing; null when there is nothing unusual about it. */
export function noteOf({ type, settlesLater, redirects }: MethodTerms): string | null {
	if (settlesLater) {
		return 'Taken from your bank account. Your bank confirms it after a few business days; the order counts as paid then.'
	}
	if (redirects) return `You approve the payment at ${METHOD_TITLES[type]} and come back here.`
	return null
}
