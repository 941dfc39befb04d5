import type { PayPalAmount } from '../books/paypal-shapes.ts'
import { invalid, refused } from './errors.ts'
import { absent, type At, nested, required, syntax } from './read.ts'

export interface Money {
	currency_code: string
	value: string
}

/** https://developer.paypal.com/reference/currency-codes/ */
const SUPPORTED = new Set(
	'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'.split(
		' ',
	),
)
const WITHOUT_DECIMALS = new Set(['HUF', 'JPY', 'TWD'])
/** 9 999 999.99: one ceiling for all currencies does for a sandbox. */
const LARGEST_MINOR = 999_999_999
const DECIMAL = /^(\d+)(?:\.(\d+))?$/

const decimalsOf = (currency: string): number => (WITHOUT_DECIMALS.has(currency) ? 0 : 2)

export function money({ currency, minor }: PayPalAmount): Money {
	const decimals = decimalsOf(currency)
	const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
	const whole = digits.slice(0, digits.length - decimals)
	const value = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`
	return { currency_code: currency, value: minor < 0 ? `-${value}` : value }
}

export function readMoney(parent: At, name: string): PayPalAmount | undefined {
	const at = nested(parent, name)
	if (!at) return undefined
	const currency = required(at, 'currency_code', 255)
	if (!/^[A-Z]{3}$/.test(currency)) {
		throw invalid(
			'INVALID_CURRENCY_CODE',
			`${at.pointer}/currency_code`,
			'Currency code should be a three-character ISO-4217 currency code.',
		)
	}
	if (!SUPPORTED.has(currency)) {
		throw refused(
			'CURRENCY_NOT_SUPPORTED',
			'Currency code is not currently supported.',
			`${at.pointer}/currency_code`,
		)
	}
	return { currency, minor: readValue(required(at, 'value', 32), currency, `${at.pointer}/value`) }
}

export function requiredMoney(parent: At, name: string): PayPalAmount {
	const amount = readMoney(parent, name)
	if (!amount) throw absent(`${parent.pointer}/${name}`)
	return amount
}

function readValue(value: string, currency: string, field: string): number {
	if (/^-\d/.test(value)) throw refused('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero.', field)
	const [, whole = '', fraction = ''] = DECIMAL.exec(value) ?? []
	if (whole === '') throw syntax(field)
	const decimals = decimalsOf(currency)
	if (decimals === 0 && fraction !== '') {
		throw refused('DECIMALS_NOT_SUPPORTED', 'Currency does not support decimals.', field)
	}
	if (fraction.length > decimals) {
		throw refused(
			'DECIMAL_PRECISION',
			'If the currency supports decimals, only two decimal place precision is supported.',
			field,
		)
	}
	return checkSize(Number(`${whole}${fraction.padEnd(decimals, '0')}`), field)
}

function checkSize(minor: number, field: string): number {
	if (minor === 0) throw refused('CANNOT_BE_ZERO_OR_NEGATIVE', 'Must be greater than zero.', field)
	if (minor <= LARGEST_MINOR) return minor
	throw refused('MAX_VALUE_EXCEEDED', 'Should be less than or equal to 9999999.99.', field)
}

/**
 * Made up for the sandbox after PayPal's American price list, one for all currencies: 3.49 % rounded half up
 * and 0.49 (49 where there are no decimals), but never more than the payment itself.
 * In bigint: 349 × the amount must not pass through a float.
 */
export const feeFor = ({ minor }: PayPalAmount): number =>
	Math.min(minor, Number((BigInt(minor) * 349n + 5_000n) / 10_000n) + 49)
