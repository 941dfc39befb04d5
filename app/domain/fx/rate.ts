/**
 * Units of one currency for one unit of another, in steps of 10⁻¹⁸: exact text in, exact text out, and never a float.
 */
export type Rate = bigint

const DIGITS = 18
/** The rate of a currency to itself. */
export const ONE: Rate = 10n ** BigInt(DIGITS)

/** Reads a positive rate exactly; null when the text is no plain decimal or has more digits than are kept. */
export function readRate(text: string): Rate | null {
	const match = /^(\d{1,9})(?:\.(\d{1,18}))?$/.exec(text)
	if (!match) return null
	const [, whole = '', fraction = ''] = match
	const rate = BigInt(whole + fraction.padEnd(DIGITS, '0'))
	return rate > 0n ? rate : null
}

/** Decimal text without zeros at its end: `1.1476`. */
export function rateText(rate: Rate): string {
	const digits = rate.toString().padStart(DIGITS + 1, '0')
	const fraction = digits.slice(-DIGITS).replace(/0+$/, '')
	return digits.slice(0, -DIGITS) + (fraction && `.${fraction}`)
}
