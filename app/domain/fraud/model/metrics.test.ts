import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrecision, cardPrecision, rocAuc, type Judged } from './metrics.ts'

const judged = (score: number, fraud: 0 | 1, card = 'a', day = 0): Judged => ({ score, fraud, card, day })

test('by hand', () => {
	const rows = [judged(9, 1), judged(8, 0), judged(7, 1), judged(6, 0), judged(5, 0)]
	// 3 + 2 of 6 pairs stand right.
	expect(rocAuc(rows)).toBeCloseTo(5 / 6, 12)
	// Precision 1 at the first fraud, 2/3 at the second.
	expect(averagePrecision(rows)).toBeCloseTo((1 + 2 / 3) / 2, 12)
})

test('equal scores for all say nothing', () => {
	const rows = [judged(1, 1), judged(1, 0), judged(1, 0), judged(1, 0)]
	expect(rocAuc(rows)).toBe(0.5)
	expect(averagePrecision(rows)).toBe(0.25)
})

test('without frauds, or without genuine payments, there is no figure', () => {
	expect(rocAuc([judged(1, 0)])).toBeNull()
	expect(rocAuc([judged(1, 1)])).toBeNull()
	expect(averagePrecision([judged(1, 0)])).toBeNull()
	expect(cardPrecision([])).toBeNull()
})

test('AUC is the share of pairs that stand right', () => {
	const row = fc.record({
		score: fc.integer({ min: 0, max: 5 }),
		fraud: fc.constantFrom<0 | 1>(0, 1),
		card: fc.constant('a'),
		day: fc.constant(0),
	})
	fc.assert(
		fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
			const frauds = rows.filter(({ fraud }) => fraud === 1)
			const genuine = rows.filter(({ fraud }) => fraud === 0)
			const pairs = frauds.flatMap((f) => genuine.map((g) => (Math.sign(f.score - g.score) + 1) / 2))
			const auc = rocAuc(rows)
			if (pairs.length === 0) expect(auc).toBeNull()
			else expect(auc).toBeCloseTo(pairs.reduce((a, b) => a + b, 0) / pairs.length, 9)
		}),
	)
})

test('a team checks cards, not payments, and a caught card only once', () => {
	const rows = [
		judged(9, 0, 'busy', 1),
		judged(8, 0, 'busy', 1),
		judged(7, 1, 'stolen', 1),
		judged(6, 1, 'late', 1),
		judged(9, 1, 'stolen', 2),
		judged(8, 1, 'late', 2),
		judged(7, 0, 'busy', 2),
	]
	// Day 1: busy, stolen; day 2: stolen is out, so late and busy.
	expect(cardPrecision(rows, 2)).toBe((0.5 + 0.5) / 2)
})
