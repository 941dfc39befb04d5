import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencies } from '#app/domain/money/currency.ts'
import { formatMoney, toDecimalText } from './money.tsx'
import { parseAmount } from './parse-amount.ts'

describe('formatMoney', () => {
	it.each([
		[1999, 'usd', '$19.99'],
		[5, 'usd', '$0.05'],
		[0, 'usd', '$0.00'],
		[-1999, 'usd', '-$19.99'],
		[1999, 'jpy', '¥1,999'],
		[1999, 'KWD', 'KWD 1.999'],
		[9007199254740993n, 'usd', '$90,071,992,547,409.93'],
	])('%s %s', (amount, currency, shown) => {
		expect(formatMoney(amount, currency).replace(/\u00a0/g, ' ')).toBe(shown)
	})

	it('writes ISK without decimals or with them as the domain says, never as the machine guesses', () => {
		expect(toDecimalText(1999, 'isk')).toBe(toDecimalText(1999, 'jpy'))
	})

	it('writes what parseAmount reads back, in every currency', () => {
		const amount = fc.bigInt({ min: 1n, max: 999_999_999_999n })
		fc.assert(
			fc.property(fc.constantFrom(...currencies()), amount, (currency, minor) => {
				expect(parseAmount(toDecimalText(minor, currency), currency)).toEqual({ ok: true, minor })
				const shown = /\d[\d,]*(?:\.\d+)?/.exec(formatMoney(minor, currency))?.[0] ?? ''
				expect(parseAmount(shown, currency)).toEqual({ ok: true, minor })
			}),
			{ numRuns: 5_000 },
		)
	})
})
