import { expect, test } from 'vitest'
import { roughUsdCents } from './reference-rates.ts'

test.each([
	['usd', 500_000n, 500_000n],
	['eur', 86_000n, 100_000n],
	['jpy', 150_000n, 100_000n],
	['kwd', 306_000n, 100_000n],
	['usd', 1n, 1n],
	['idr', 1n, 0n],
])('%s: %i minor units are worth about %i US cents', (currency, minor, cents) => {
	expect(roughUsdCents({ minor, currency })).toBe(cents)
})

test('a currency without a rate is worth something unknown, not nothing', () => {
	expect(roughUsdCents({ minor: 1_000n, currency: 'xof' })).toBeNull()
})
