import { describe, expect, it } from 'vitest'
import { parseAmount } from './parse-amount.ts'

describe('parseAmount', () => {
	it.each([
		['12.50', 'usd', 1250n],
		['12.5', 'usd', 1250n],
		['12', 'USD', 1200n],
		['12.', 'usd', 1200n],
		['.5', 'usd', 50n],
		['0.01', 'usd', 1n],
		[' 1,234,567.89 ', 'usd', 123456789n],
		['1250', 'jpy', 1250n],
		['1,250', 'jpy', 1250n],
		['1.5', 'kwd', 1500n],
		['0.001', 'kwd', 1n],
		['9999999999999.99', 'usd', 999999999999999n],
	])('reads %s %s exactly', (text, currency, minor) => {
		expect(parseAmount(text, currency)).toEqual({ ok: true, minor })
	})

	it.each([
		['12.345', 'usd'],
		['12.0', 'jpy'],
		['0.0001', 'kwd'],
		['1e3', 'usd'],
		['-5', 'usd'],
		['+5', 'usd'],
		['0', 'usd'],
		['0.00', 'usd'],
		['', 'usd'],
		['.', 'usd'],
		['1,50', 'usd'],
		['1 000', 'usd'],
		['0x10', 'usd'],
		['Infinity', 'usd'],
		['12.3.4', 'usd'],
		['١٢', 'usd'],
		['99999999999999.99', 'usd'],
	])('refuses %s %s with a sentence', (text, currency) => {
		const parsed = parseAmount(text, currency)
		expect(parsed.ok).toBe(false)
		if (!parsed.ok) expect(parsed.message).toMatch(/\.$/)
	})
})
