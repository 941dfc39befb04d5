import { toDecimal } from '../money/money.ts'
import type { MerchantLimits } from './method-settings.ts'
import type { MethodTerms } from './method-terms.ts'
import { METHOD_TITLES } from './method-words.ts'

export type LimitsRefusal = { param: 'currency' | 'min' | 'max'; message: string }

/** Why a merchant cannot set these limits: they can only be stricter than the gateway's own. */
export function refuseLimits(
	terms: MethodTerms,
	currency: string,
	{ minMinor, maxMinor }: MerchantLimits,
): LimitsRefusal | null {
	const code = currency.toUpperCase()
	const text = (minor: bigint) => `${toDecimal({ minor, currency })} ${code}`
	const theirs = Object.hasOwn(terms.limits, currency) ? terms.limits[currency] : undefined
	if (!theirs) {
		return { param: 'currency', message: `${METHOD_TITLES[terms.type]} cannot be paid in ${code}.` }
	}
	const { minMinor: least, maxMinor: most } = theirs
	if (minMinor !== null && minMinor < least) {
		return { param: 'min', message: `The gateway takes no less than ${text(least)}.` }
	}
	if (minMinor !== null && most !== null && minMinor > most) {
		return { param: 'min', message: `The gateway takes no more than ${text(most)}.` }
	}
	if (maxMinor !== null && maxMinor < least) {
		return { param: 'max', message: `The gateway takes no less than ${text(least)}.` }
	}
	if (maxMinor !== null && most !== null && maxMinor > most) {
		return { param: 'max', message: `The gateway takes no more than ${text(most)}.` }
	}
	if (minMinor !== null && maxMinor !== null && maxMinor < minMinor) {
		return { param: 'max', message: 'The largest amount is below the smallest.' }
	}
	return null
}
