// @ts-check

/** @typedef {'number' | 'expiry' | 'cvc'} FieldName */

/** @type {{ brand: string, title: string, pattern: RegExp, lengths: number[], cvc: number, groups: number[] }[]} */
const BRANDS = [
	{ brand: 'amex', title: 'American Express', pattern: /^3[47]/, lengths: [15], cvc: 4, groups: [4, 6, 5] },
	{ brand: 'visa', title: 'Visa', pattern: /^4/, lengths: [16, 19], cvc: 3, groups: [4, 4, 4, 4, 3] },
	{
		brand: 'mastercard',
		title: 'Mastercard',
		pattern: /^(5[1-5]|2[2-7])/,
		lengths: [16],
		cvc: 3,
		groups: [4, 4, 4, 4],
	},
	{
		brand: 'discover',
		title: 'Discover',
		pattern: /^(6011|64[4-9]|65)/,
		lengths: [16],
		cvc: 3,
		groups: [4, 4, 4, 4],
	},
	{
		brand: 'diners',
		title: 'Diners Club',
		pattern: /^3(0[0-5]|[68])/,
		lengths: [14, 16],
		cvc: 3,
		groups: [4, 4, 4, 4],
	},
	{ brand: 'jcb', title: 'JCB', pattern: /^35/, lengths: [16], cvc: 3, groups: [4, 4, 4, 4] },
	{
		brand: 'unionpay',
		title: 'UnionPay',
		pattern: /^62/,
		lengths: [16, 19],
		cvc: 3,
		groups: [4, 4, 4, 4, 3],
	},
]

const UNKNOWN = { brand: 'unknown', title: '', pattern: /^/, lengths: [16], cvc: 3, groups: [4, 4, 4, 4, 3] }

/** @param {string} text */
export const digits = (text) => text.replace(/\D/g, '')

/** @param {string} number */
export const brandOf = (number) => BRANDS.find(({ pattern }) => pattern.test(digits(number))) ?? UNKNOWN

/** @param {string} text */
export function formatNumber(text) {
	const { groups, lengths } = brandOf(text)
	let left = digits(text).slice(0, Math.max(...lengths))
	const parts = []
	for (const size of groups) {
		if (left === '') break
		parts.push(left.slice(0, size))
		left = left.slice(size)
	}
	return parts.join(' ')
}

/** @param {string} text */
export function formatExpiry(text) {
	const typed = digits(text)
	const padded = /^[2-9]/.test(typed) ? `0${typed}` : typed
	const year = padded.length > 4 ? padded.slice(2, 6) : padded.slice(2, 4)
	return year === '' ? padded.slice(0, 2) : `${padded.slice(0, 2)} / ${year}`
}

/** @param {string} text */
export function readExpiry(text) {
	const typed = digits(text)
	const year = Number(typed.slice(2))
	return { month: Number(typed.slice(0, 2)), year: typed.length === 4 ? 2000 + year : year }
}

/** @param {string} number */
function passesLuhn(number) {
	const sum = [...number].reverse().reduce((total, digit, place) => {
		const value = place % 2 === 1 ? Number(digit) * 2 : Number(digit)
		return total + (value > 9 ? value - 9 : value)
	}, 0)
	return sum % 10 === 0
}

/** @type {Record<FieldName, (text: string, number: string, today: Date) => string | null>} */
const CHECKS = {
	number(text) {
		const number = digits(text)
		if (number === '') return 'Enter the card number.'
		if (number.length < Math.min(...brandOf(number).lengths)) return 'The card number is too short.'
		return passesLuhn(number) ? null : 'The card number is not correct. Check the digits.'
	},
	expiry(text, _number, today) {
		const { month, year } = readExpiry(text)
		if (digits(text) === '') return 'Enter the expiry date.'
		if (month < 1 || month > 12) return 'The month must be between 01 and 12.'
		if (year < 2000) return 'Enter the expiry date as MM / YY.'
		if (Date.UTC(year, month) <= today.getTime()) return 'The card has expired.'
		return year > today.getUTCFullYear() + 50 ? 'The year is too far ahead.' : null
	},
	cvc(text, number) {
		const { cvc, title } = brandOf(number)
		if (digits(text) === '') return 'Enter the security code.'
		if (digits(text).length === cvc) return null
		return `The security code${title && ` of ${title}`} has ${cvc} digits.`
	},
}

/**
 * A plain sentence about what is wrong, or null.
 * @param {FieldName} field
 * @param {string} text
 * @param {string} number the card number decides how long the security code is
 */
export const problem = (field, text, number, today = new Date()) => CHECKS[field](text, number, today)
