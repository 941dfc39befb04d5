import { exponentOf } from '#app/domain/money/currency.ts'

export type ParsedAmount = { ok: true; minor: bigint } | { ok: false; message: string }

const refuse = (message: string): ParsedAmount => ({ ok: false, message })

/** bigint in Postgres ends at 19 digits; a longer number is a slip of the keyboard anyway. */
const MAX_DIGITS = 15

/**
 * Decimal text as a person types it → minor units, exactly. "12.5" in USD is 1250, "1,200" is 120000. A comma
 * is only taken as a mark between thousands, because "1,50" could mean two very different amounts.
 */
export function parseAmount(text: string, currency: string): ParsedAmount {
	const trimmed = text.trim()
	const code = currency.toUpperCase()
	if (trimmed === '') return refuse('Enter an amount.')
	if (trimmed.startsWith('-')) return refuse('Enter an amount above zero.')
	const match = /^(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?$/.exec(trimmed)
	const [, whole = '', fraction = ''] = match ?? []
	if (!match || (whole === '' && fraction === '')) {
		return refuse(`Enter the amount in digits, such as ${example(currency)}.`)
	}
	const digits = exponentOf(currency)
	if (fraction.length > digits) {
		return refuse(
			digits === 0
				? `${code} has no decimals. Enter a whole amount.`
				: `${code} has ${digits} decimals. Enter no more than that.`,
		)
	}
	const minorText = whole.replaceAll(',', '') + fraction.padEnd(digits, '0')
	if (minorText.replace(/^0+/, '').length > MAX_DIGITS) return refuse('This amount is too large.')
	const minor = BigInt(minorText)
	if (minor === 0n) return refuse('Enter an amount above zero.')
	return { ok: true, minor }
}

const example = (currency: string): string => {
	const digits = exponentOf(currency)
	return digits === 0 ? '1250' : `12.${'5'.padEnd(digits, '0')}`
}
