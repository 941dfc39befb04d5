import { describe, expect, test } from 'vitest'
import { countries, isCountry } from '../../domain/countries/country.ts'
import { cardStepOf, isCurrency } from '../../domain/money/currency.ts'
import { STRIPE_METHODS } from './method-terms.server.ts'
import { toWire } from './wire-amount.server.ts'

const termsOf = (type: string) => STRIPE_METHODS.find((method) => method.type === type)
const card = termsOf('card')

describe('amounts by card', () => {
	test.each([
		['usd', 50n, 99_999_999n],
		['eur', 50n, 99_999_999n],
		['gbp', 30n, 99_999_999n],
		['jpy', 50n, 99_999_999n],
		['huf', 17_500n, 99_999_999n],
		['czk', 1_500n, 99_999_999n],
		['mxn', 1_000n, 99_999_999n],
		// Our own units, not the hundredths Stripe counts them in.
		['isk', 1n, 999_999n],
		['ugx', 1n, 999_999n],
		// No third decimal.
		['kwd', 10n, 99_999_990n],
		['bhd', 10n, 99_999_990n],
		['inr', 50n, 999_999_999n],
		['cop', 50n, 9_999_999_999n],
		['idr', 50n, 999_999_999_999n],
	])('%s: %i to %i', (currency, minMinor, maxMinor) => {
		expect(card?.limits[currency]).toEqual({ minMinor, maxMinor })
	})

	test.each(Object.entries(card?.limits ?? {}))('%s can be sent', (currency, { minMinor, maxMinor }) => {
		expect(isCurrency(currency)).toBe(true)
		expect(minMinor % cardStepOf(currency)).toBe(0n)
		expect((maxMinor ?? 0n) % cardStepOf(currency)).toBe(0n)
		expect(Number.isSafeInteger(toWire(maxMinor ?? 0n, currency))).toBe(true)
	})

	test('what Stripe does not charge in is not taken', () => {
		expect(Object.keys(card?.limits ?? {}).length).toBeGreaterThan(130)
		for (const currency of ['clf', 'iqd', 'lyd', 'kpw', 'mga']) expect(card?.limits[currency]).toBeUndefined()
	})
})

test('bank accounts: their own currency and countries, and nothing is held', () => {
	expect(termsOf('us_bank_account')).toMatchObject({ countries: ['US'], canHold: false, settlesLater: true })
	expect(Object.keys(termsOf('us_bank_account')?.limits ?? {})).toEqual(['usd'])
	expect(termsOf('sepa_debit')).toMatchObject({ canHold: false, settlesLater: true })
	expect(termsOf('sepa_debit')?.limits).toEqual({ eur: { minMinor: 50n, maxMinor: 1_000_000n } })
	expect(termsOf('sepa_debit')?.countries).toEqual(expect.arrayContaining(['DE', 'CH', 'GB', 'SM']))
	expect(termsOf('sepa_debit')?.countries).not.toContain('US')
})

test.each(['apple_pay', 'google_pay', 'link'])('%s: the terms of cards, everywhere but in India', (type) => {
	expect(termsOf(type)).toMatchObject({ limits: card?.limits, canHold: true, settlesLater: false })
	expect(termsOf(type)?.countries?.length).toBe(countries().length - 1)
	expect(termsOf(type)?.countries).not.toContain('IN')
})

test('every country named is one', () => {
	const named = STRIPE_METHODS.flatMap((method) => method.countries ?? [])
	expect(named.filter((country) => !isCountry(country))).toEqual([])
	expect(countries().length).toBe(249)
})
