import { isBankDebit } from '../../domain/methods/method-kinds.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'

/** Who is asked, and in which words, for each way to pay. */
export type MethodWords = {
	/** Before anything is pressed: when money moves. */
	before: string
	checking: string
	contacting: string
	/** The payer must say yes somewhere. */
	asks: string
	opening: string
	/** While that place is asked what was said. */
	howItWent: string
	saidYes: string
	/** On the button that leads there again. */
	goOn: string
}

const AT_THE_BANK = {
	contacting: 'Contacting your bank',
	asks: 'Your bank wants to confirm it’s you',
	opening: 'Opening your bank’s page…',
	howItWent: 'Asking your bank how it went',
	saidYes: 'Your bank has said yes',
	goOn: 'Continue authentication',
}

const CARD: MethodWords = {
	...AT_THE_BANK,
	before: 'Your card is charged only after you press the button.',
	checking: 'Checking the card details',
}

const DEBIT: MethodWords = {
	...AT_THE_BANK,
	before: 'Your account is debited once, only after you press the button.',
	checking: 'Checking the account details',
}

const PAYPAL: MethodWords = {
	before: 'You confirm at PayPal and come back here. Nothing is charged before you say yes there.',
	checking: 'Contacting PayPal',
	contacting: 'Contacting PayPal',
	asks: 'Confirm the payment at PayPal',
	opening: 'Taking you to PayPal…',
	howItWent: 'Asking PayPal how it went',
	saidYes: 'PayPal has said yes',
	goOn: 'Continue at PayPal',
}

export function methodWords(type: MethodType): MethodWords {
	if (type === 'paypal') return PAYPAL
	return isBankDebit(type) ? DEBIT : CARD
}
