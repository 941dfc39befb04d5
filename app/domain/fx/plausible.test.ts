import { expect, test } from 'vitest'
import { implausibleMove } from './plausible.ts'
import { readRate } from './rate.ts'
import { rateTable } from './rate-table.ts'

const day = (asOf: string, rates: Record<string, string>) =>
	rateTable({
		asOf,
		source: 'ecb',
		fetchedAt: new Date(0),
		rates: Object.entries(rates).map(([code, text]) => [code, readRate(text) ?? 0n] as const),
	})

const FRIDAY = day('2026-11-20', { usd: '1.15', jpy: '180' })

test.each([
	['2026-11-23', '1.15', null],
	['2026-11-23', '1.38', null],
	['2026-11-23', '1.39', 'usd'],
	['2026-11-23', '0.96', null],
	['2026-11-23', '0.95', 'usd'],
	['2026-11-23', '115', 'usd'],
	['2027-03-01', '2.29', null],
	['2027-03-01', '2.31', 'usd'],
	['2027-03-01', '0.58', null],
	['2027-03-01', '0.57', 'usd'],
])('on %s the dollar at %s after 1.15: %s', (asOf, usd, found) => {
	expect(implausibleMove(FRIDAY, day(asOf, { usd, jpy: '180' }))).toBe(found)
})

test('a currency that is new, or gone, has not moved', () => {
	expect(implausibleMove(FRIDAY, day('2026-11-23', { usd: '1.15', chf: '0.9' }))).toBeNull()
})
