import { expect, test } from 'vitest'
import { readRate } from '../domain/fx/rate.ts'
import { rateTable } from '../domain/fx/rate-table.ts'
import { together } from './exchange.server.ts'

const now = new Date('2026-11-21T12:00:00Z')
const table = rateTable({
	asOf: '2026-11-20',
	source: 'ecb',
	fetchedAt: now,
	rates: [
		['usd', readRate('1.25') ?? 0n],
		['jpy', readRate('200') ?? 0n],
	],
})
const sum = (amounts: [bigint, string][], currency = 'usd') =>
	together(
		amounts.map(([minor, code]) => ({ minor, currency: code })),
		currency,
		{ table, now },
	)

test('amounts of several currencies are one sum, and its rates have a date', () => {
	expect(
		sum([
			[1_000n, 'usd'],
			[2_000n, 'eur'],
			[1_600n, 'jpy'],
		]),
	).toEqual({
		amount: 1_000 + 2_500 + 1_000,
		currency: 'usd',
		asOf: '2026-11-20',
		source: 'ecb',
		isStale: false,
		leftOut: [],
	})
})

test('what has no rate is named, not guessed and not silently dropped', () => {
	expect(
		sum([
			[1_000n, 'usd'],
			[500n, 'xof'],
		]),
	).toMatchObject({ amount: 1_000, leftOut: ['xof'] })
})

test('one currency alone needs no rate', () => {
	expect(sum([[1_000n, 'usd']])).toBeNull()
	expect(sum([])).toBeNull()
	expect(sum([[1_000n, 'eur']])).toMatchObject({ amount: 1_250 })
})
