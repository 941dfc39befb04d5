import { exponentOf } from './currency.ts'

/** An exact amount in minor units. Never a float, never a bare number. */
export type Money = { readonly minor: bigint; readonly currency: string }

/** Decimal text of an amount, with exactly as many digits as the currency has: `12.30`, `500`, `1.234`. */
export function toDecimal({ minor, currency }: Money): string {
	const exponent = exponentOf(currency)
	const sign = minor < 0n ? '-' : ''
	const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
	if (exponent === 0) return sign + digits
	return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** Reads decimal text exactly; null when it is no plain decimal or has more digits than the currency. */
export function fromDecimal(text: string, currency: string): Money | null {
	const match = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/.exec(text)
	if (!match) return null
	const [, sign = '', whole = '', fraction = ''] = match
	const exponent = exponentOf(currency)
	if (fraction.length > exponent) return null
	const minor = BigInt(whole + fraction.padEnd(exponent, '0'))
	return { minor: sign === '-' ? -minor : minor, currency }
}
