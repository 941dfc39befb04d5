import { currencies } from '../../domain/money/currency.ts'
import type { MethodTerms } from '../../domain/methods/method-terms.ts'

const SMALLEST = { minMinor: 1n, maxMinor: null }

/** On what terms Stripe takes each method. */
export const STRIPE_METHODS: readonly MethodTerms[] = [
	{
		type: 'card',
		limits: Object.fromEntries(currencies().map((currency) => [currency, SMALLEST])),
		countries: null,
		canHold: true,
		settlesLater: false,
		redirects: false,
	},
]
