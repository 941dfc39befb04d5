import { expect, test } from 'vitest'
import { readRate } from '../fx/rate.ts'
import { rateTable } from '../fx/rate-table.ts'
import { usdCents } from './reference-rates.ts'

const TABLE = rateTable({
	asOf: '2026-11-20',
	source: 'ecb',
	fetchedAt: new Date('2026-11-20T16:00:00Z'),
	rates: [
		['usd', readRate('1.16') ?? 0n],
		['jpy', readRate('174') ?? 0n],
		['idr', readRate('19024') ?? 0n],
	],
})

test.each([
	['usd', 500_000n, 500_000n],
	['eur', 86_000n, 99_760n],
	['jpy', 150_000n, 100_000n],
	['usd', 1n, 1n],
	['idr', 1n, 0n],
])('%s: %i minor units are worth %i US cents at the published rate', (currency, minor, cents) => {
	expect(usdCents({ minor, currency }, TABLE)).toBe(cents)
})

test('a currency the ECB publishes no rate for is worth about what it was', () => {
	expect(usdCents({ minor: 306_000n, currency: 'kwd' }, TABLE)).toBe(100_000n)
})

test('a currency without any rate is worth something unknown, not nothing', () => {
	expect(usdCents({ minor: 1_000n, currency: 'xof' }, TABLE)).toBeNull()
})
