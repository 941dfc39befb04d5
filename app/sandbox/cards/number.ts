import { createHash } from 'node:crypto'

export function passesLuhn(number: string): boolean {
	let sum = 0
	for (let place = 0; place < number.length; place++) {
		const digit = Number(number[number.length - 1 - place])
		const doubled = place % 2 === 1 ? digit * 2 : digit
		sum += doubled > 9 ? doubled - 9 : doubled
	}
	return /^\d{12,19}$/.test(number) && sum % 10 === 0
}

const BRANDS: [RegExp, string][] = [
	[/^3[47]/, 'amex'],
	[/^4/, 'visa'],
	[/^(5[1-5]|2[2-7])/, 'mastercard'],
	[/^(6011|64[4-9]|65)/, 'discover'],
	[/^3(0[0-5]|[68])/, 'diners'],
	[/^35/, 'jcb'],
	[/^62/, 'unionpay'],
]

export function brandOf(number: string): string {
	return BRANDS.find(([pattern]) => pattern.test(number))?.[1] ?? 'unknown'
}

/** Equal for equal numbers in every sandbox, and never the number itself. */
export function fingerprintOf(number: string): string {
	return createHash('sha256').update(`tillhouse-sandbox:${number}`).digest('base64url').slice(0, 16)
}
