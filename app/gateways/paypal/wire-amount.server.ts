import type { Money as WireMoney } from '@paypal/paypal-server-sdk'
import { exponentOf } from '../../domain/money/currency.ts'
import { fromDecimal, toDecimal, type Money } from '../../domain/money/money.ts'

/** They have decimals elsewhere, and PayPal refuses an amount that shows any. */
const WITHOUT_DECIMALS: ReadonlySet<string> = new Set(['huf', 'twd'])

/**
 * The currencies PayPal holds for accounts of every country; BRL, CNY and MYR only for accounts of their own country.
 */
export const PAYPAL_CURRENCIES: ReadonlySet<string> = new Set(
	'aud cad chf czk dkk eur gbp hkd huf ils jpy mxn nok nzd php pln sek sgd thb twd usd'.split(' '),
)

/** The smallest amount PayPal can write down, in minor units. */
export const stepOf = (currency: string): bigint =>
	WITHOUT_DECIMALS.has(currency) ? 10n ** BigInt(exponentOf(currency)) : 1n

/** Why PayPal cannot carry an amount, in words; null when it can. */
export function refusalOf({ minor, currency }: Money): string | null {
	if (!PAYPAL_CURRENCIES.has(currency)) return `PayPal takes no payments in ${currency.toUpperCase()}.`
	if (minor % stepOf(currency) !== 0n) return `PayPal takes whole ${currency.toUpperCase()} only.`
	return null
}

/** An amount as PayPal writes it: `12.30 EUR`, `500 JPY`, `1045 HUF`. */
export function toWire({ minor, currency }: Money): WireMoney {
	const text = toDecimal({ minor, currency })
	const value = WITHOUT_DECIMALS.has(currency) ? text.replace(/\.0+$/, '') : text
	return { currencyCode: currency.toUpperCase(), value }
}

type AnyWire = { currencyCode?: string; value?: string } | { currency_code: string; value: string }

/** An amount of PayPal's; null when it is none of ours: another notation, or a currency we do not know. */
export function fromWire(amount: AnyWire | undefined | null): Money | null {
	if (!amount) return null
	const code = 'currency_code' in amount ? amount.currency_code : amount.currencyCode
	if (code === undefined || amount.value === undefined) return null
	try {
		return fromDecimal(amount.value, code.toLowerCase())
	} catch (error) {
		if (error instanceof RangeError) return null
		throw error
	}
}

/** The same where an unreadable amount makes the whole object unreadable. Throws RangeError. */
export function amountOnWire(amount: AnyWire | undefined | null): Money {
	const money = fromWire(amount)
	if (money === null) throw new RangeError(`${JSON.stringify(amount)} is no amount`)
	return money
}
