import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromWire, PAYPAL_CURRENCIES, refusalOf, stepOf, toWire } from './wire-amount.server.ts'

test.each([
	['usd', 1_999n, '19.99'],
	['eur', 1n, '0.01'],
	['jpy', 500n, '500'],
	['huf', 104_500n, '1045'],
	['twd', 100n, '1'],
	['usd', 999_999_999_999n, '9999999999.99'],
])('in %s, %i of our minor units are written %s', (currency, minor, value) => {
	expect(toWire({ minor, currency })).toEqual({ currencyCode: currency.toUpperCase(), value })
	expect(fromWire({ currencyCode: currency.toUpperCase(), value })).toEqual({ minor, currency })
})

test('every amount PayPal can carry comes back as it was sent', () => {
	const amount = fc.bigInt({ min: 0n, max: 999_999_999n })
	fc.assert(
		fc.property(fc.constantFrom(...PAYPAL_CURRENCIES), amount, (currency, units) => {
			const money = { minor: units * stepOf(currency), currency }
			expect(refusalOf(money)).toBeNull()
			expect(fromWire(toWire(money))).toEqual(money)
		}),
		{ numRuns: 2_000 },
	)
})

test.each([
	['huf', 104_550n],
	['twd', 1n],
	['kwd', 1_000n],
	['isk', 1_000n],
	['xxx', 1n],
])('%s %i is none PayPal can carry', (currency, minor) => {
	expect(refusalOf({ minor, currency })).not.toBeNull()
})

test.each([
	{ currencyCode: 'USD', value: '19.999' },
	{ currencyCode: 'USD', value: '1,999.00' },
	{ currencyCode: 'USD', value: '1e3' },
	{ currencyCode: 'USD', value: 'NaN' },
	{ currencyCode: 'USD', value: '' },
	{ currencyCode: 'ZZZ', value: '1.00' },
	{ value: '1.00' },
	{ currencyCode: 'USD' },
	{},
	undefined,
	null,
])('%o of the wire is no amount of ours', (amount) => {
	expect(fromWire(amount)).toBeNull()
})
