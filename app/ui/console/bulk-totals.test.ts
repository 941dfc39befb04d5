import { expect, it } from 'vitest'
import type { BulkQuote } from '#app/contracts/console.ts'
import { bulkTotals } from './bulk-totals.ts'

const row = (currency: string, captured: number, refundable: number, terms: object = {}) =>
	({
		payment: { currency, amount_captured: captured, amount_refundable: refundable },
		terms: { fee: 0, limit: null, alone: null, ...terms },
	}) as BulkQuote['rows'][number]

it('adds up per currency and never across', () => {
	const rows = [
		row('eur', 1_000, 1_000, { fee: 40 }),
		row('jpy', 500, 500),
		row('eur', 1_000, 500, { fee: 40 }),
	]
	expect(bulkTotals({ rows })).toEqual([
		{ currency: 'eur', payments: 2, back: 1_500n, lost: 60n, waiting: 0 },
		{ currency: 'jpy', payments: 1, back: 500n, lost: 0n, waiting: 0 },
	])
})

it('counts what a colleague must approve and leaves out what has nothing left', () => {
	const rows = [
		row('eur', 1_000, 1_000, { limit: 500, alone: 500 }),
		row('eur', 1_000, 500, { limit: 500, alone: 500 }),
		row('eur', 1_000, 0),
	]
	expect(bulkTotals({ rows })).toMatchObject([{ payments: 2, back: 1_500n, waiting: 1 }])
})
