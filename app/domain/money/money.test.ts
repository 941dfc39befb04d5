import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencies, exponentOf, isCurrency } from './currency.ts'
import { fromDecimal, toDecimal } from './money.ts'

test.each([
	['jpy', 500n, '500'],
	['jpy', 0n, '0'],
	['usd', 1_230n, '12.30'],
	['usd', 5n, '0.05'],
	['usd', -5n, '-0.05'],
	['eur', -123_456n, '-1234.56'],
	['kwd', 1_234n, '1.234'],
	['kwd', 1n, '0.001'],
	['clf', 12_345n, '1.2345'],
])('in %s, %i minor units read %s', (currency, minor, text) => {
	expect(toDecimal({ minor, currency })).toBe(text)
	expect(fromDecimal(text, currency)).toEqual({ minor, currency })
})

test('decimal text goes there and back in every currency offered', () => {
	const amount = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n })
	fc.assert(
		fc.property(fc.constantFrom(...currencies()), amount, (currency, minor) => {
			expect(fromDecimal(toDecimal({ minor, currency }), currency)).toEqual({ minor, currency })
		}),
		{ numRuns: 1_000 },
	)
})

test('every currency writes exactly as many decimals as it has', () => {
	for (const currency of currencies()) {
		const [, fraction = ''] = toDecimal({ minor: 123_456n, currency }).split('.')
		expect([currency, fraction.length]).toEqual([currency, exponentOf(currency)])
	}
})

test('fewer decimals than the currency has are filled up', () => {
	expect(fromDecimal('12.3', 'usd')?.minor).toBe(1_230n)
	expect(fromDecimal('12', 'kwd')?.minor).toBe(12_000n)
})

test.each([
	['', 'usd'],
	['-', 'usd'],
	['.5', 'usd'],
	['5.', 'usd'],
	['+5', 'usd'],
	[' 5', 'usd'],
	['5\n', 'usd'],
	['1,000.00', 'usd'],
	['1e3', 'usd'],
	['0x10', 'usd'],
	['NaN', 'usd'],
	['Infinity', 'usd'],
	['12.345', 'usd'],
	['500.0', 'jpy'],
	['1.2345', 'kwd'],
	['1234567890123456', 'usd'],
	['٥', 'usd'],
])('%o is no amount in %s', (text, currency) => {
	expect(fromDecimal(text, currency)).toBeNull()
})

describe('currencies', () => {
	test.each([
		['jpy', 0],
		['usd', 2],
		['kwd', 3],
		['USD', 2],
	])('%s has %i decimals', (currency, exponent) => {
		expect(exponentOf(currency)).toBe(exponent)
	})

	test.each(['mga', 'mru', 'zzz', '', 'us'])('%o is not offered', (code) => {
		expect(isCurrency(code)).toBe(false)
		expect(() => exponentOf(code)).toThrow(RangeError)
		expect(() => fromDecimal('1', code)).toThrow(RangeError)
	})

	test('what is offered is written in three small letters, once', () => {
		expect(currencies().filter((code) => !/^[a-z]{3}$/.test(code))).toEqual([])
		expect(new Set(currencies()).size).toBe(currencies().length)
	})
})
