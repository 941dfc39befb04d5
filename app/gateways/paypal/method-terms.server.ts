import type { AmountLimits, MethodTerms } from '../../domain/methods/method-terms.ts'
import { PAYPAL_CURRENCIES, stepOf } from './wire-amount.server.ts'

/** PayPal's upper limits belong to the payer's account: only PayPal knows them. */
const LIMITS: Readonly<Record<string, AmountLimits>> = Object.fromEntries(
	[...PAYPAL_CURRENCIES].map((currency) => [currency, { minMinor: stepOf(currency), maxMinor: null }]),
)

/** A card comes as a token of PayPal's own fields and is charged without leaving the page, save for 3-D Secure. */
export const PAYPAL_METHODS: readonly MethodTerms[] = [
	{
		type: 'paypal',
		limits: LIMITS,
		countries: null,
		canHold: true,
		settlesLater: false,
		redirects: true,
	},
	{
		type: 'card',
		limits: LIMITS,
		countries: null,
		canHold: true,
		settlesLater: false,
		redirects: false,
	},
]
