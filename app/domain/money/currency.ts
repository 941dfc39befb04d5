import * as iso4217 from 'dinero.js/currencies'

const EXPONENTS: ReadonlyMap<string, number> = new Map(
	Object.values(iso4217).flatMap((currency) =>
		// Two currencies of ISO 4217 count in fifths (MGA, MRU); gateways take them in their own units, so we do not.
		currency.base === 10 ? [[currency.code.toLowerCase(), currency.exponent] as const] : [],
	),
)

/** Whether we take payments in `currency` (ISO 4217, lowercase). */
export const isCurrency = (currency: string): boolean => EXPONENTS.has(currency)

/** Digits after the decimal point: JPY 0, USD 2, KWD 3. Throws RangeError for an unknown code. */
export function exponentOf(currency: string): number {
	const exponent = EXPONENTS.get(currency.toLowerCase())
	if (exponent === undefined) throw new RangeError(`unknown currency ${currency}`)
	return exponent
}

/**
 * The smallest step of an amount paid by card, in minor units. Card networks know two decimals at most: 1.230 KWD can
 * be paid, 1.234 cannot.
 */
export const cardStepOf = (currency: string): bigint => 10n ** BigInt(Math.max(0, exponentOf(currency) - 2))

export const currencies = (): string[] => [...EXPONENTS.keys()]
