import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencies, exponentOf } from '../money/currency.ts'
import { toDecimal } from '../money/money.ts'
import { readBankAmount, readDay, readStatementLine } from './statement-line.ts'

describe('amounts', () => {
	test.each([
		['12.50', 'eur', 1_250n],
		['12,50', 'eur', 1_250n],
		['12,5', 'eur', 1_250n],
		['12', 'eur', 1_200n],
		['+12.50', 'eur', 1_250n],
		['-12,50', 'eur', -1_250n],
		['−12,50', 'eur', -1_250n],
		['12,50-', 'eur', -1_250n],
		['1.234,56', 'eur', 123_456n],
		['1,234.56', 'usd', 123_456n],
		['1 234,56', 'eur', 123_456n],
		['1\u00a0234\u00a0567,89', 'eur', 123_456_789n],
		["1'234.50", 'chf', 123_450n],
		['1.234.567', 'eur', 123_456_700n],
		['1,234,567.00', 'usd', 123_456_700n],
		['1234', 'jpy', 1_234n],
		['1,234', 'jpy', 1_234n],
		['1.234', 'jpy', 1_234n],
		['1.234', 'kwd', 1_234n],
		['12.500', 'kwd', 12_500n],
		['1.234,500', 'kwd', 1_234_500n],
		['0,01', 'eur', 1n],
		['12.5000', 'eur', 1_250n],
	])('%s in %s is %i', (text, currency, minor) => {
		expect(readBankAmount(text, currency)).toBe(minor)
	})

	test.each([
		['1.234', 'eur', 'two amounts'],
		['1,234', 'usd', 'two amounts'],
		['1,234', 'kwd', 'two amounts'],
		['12.345', 'eur', 'two amounts'],
		['12.3456', 'eur', 'more decimals'],
		['1.5', 'jpy', 'more decimals'],
		['', 'eur', 'not an amount'],
		['twelve', 'eur', 'not an amount'],
		['1e3', 'eur', 'not an amount'],
		['12.50 EUR', 'eur', 'not an amount'],
		['1,23,456.00', 'usd', 'not an amount'],
		['1.23.45', 'eur', 'not an amount'],
		['1,2.3,4', 'eur', 'not an amount'],
		['-12,50-', 'eur', 'not an amount'],
		['٥,00', 'eur', 'not an amount'],
		['99999999999999999', 'eur', 'too large'],
	])('%s in %s is refused: %s', (text, currency, why) => {
		expect(readBankAmount(text, currency)).toContain(why)
	})

	test('whatever a currency can hold is read back exactly, with a point and with a comma', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...currencies().filter((code) => exponentOf(code) > 0)),
				fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
				(currency, minor) => {
					const text = toDecimal({ minor, currency })
					expect(readBankAmount(text, currency)).toBe(minor)
					const comma = readBankAmount(text.replace('.', ','), currency)
					if (exponentOf(currency) !== 3) expect(comma).toBe(minor)
				},
			),
		)
	})
})

test.each([
	['2026-11-21', '2026-11-21'],
	['21.11.2026', '2026-11-21'],
	['1.2.2026', '2026-02-01'],
	['2028-02-29', '2028-02-29'],
	['2026-02-29', null],
	['31.06.2026', null],
	['11/21/2026', null],
	['2026-13-01', null],
	['26-11-21', null],
	['', null],
])('the day %s is %s', (text, day) => {
	expect(readDay(text)).toBe(day)
})

test('a line says what is wrong with it', () => {
	const good = { date: '2026-11-21', amount: '12,50', currency: 'EUR', text: ' STRIPE ' }
	expect(readStatementLine(good)).toEqual({
		ok: true,
		line: { bookedOn: '2026-11-21', amountMinor: 1_250n, currency: 'eur', text: 'STRIPE' },
	})
	const said = (more: object) => {
		const read = readStatementLine({ ...good, ...more })
		return read.ok ? null : read.message
	}
	expect(said({ date: '21/11/2026' })).toContain('not a date')
	expect(said({ currency: 'euro' })).toContain('not a currency')
	expect(said({ amount: '0,00' })).toContain('zero')
	expect(said({ text: 'x'.repeat(501) })).toContain('longer')
	expect(said({ text: '\u0000' })).toContain('cannot be kept')
})
