import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointCuts, pointsOf } from './score-points.ts'

const RECENT = Array.from({ length: 100_000 }, (_, i) => i / 10_000)
const cuts = pointCuts(RECENT)
const share = (least: number) => RECENT.filter((x) => pointsOf(cuts, x) >= least).length / RECENT.length

test('one recent payment in 100 has 65 points or more, one in 1,000 has 85 or more', () => {
	expect(share(65)).toBeCloseTo(0.01, 4)
	expect(share(85)).toBeCloseTo(0.001, 4)
})

test('what is more suspicious has no fewer points, and nothing is beyond 0 and 99', () => {
	const odds = fc.double({ noNaN: true, min: -50, max: 50 })
	fc.assert(
		fc.property(odds, odds, (a, b) => {
			const [low, high] = [Math.min(a, b), Math.max(a, b)]
			expect(pointsOf(cuts, high)).toBeGreaterThanOrEqual(pointsOf(cuts, low))
			expect(pointsOf(cuts, high)).toBeLessThanOrEqual(99)
			expect(pointsOf(cuts, low)).toBeGreaterThanOrEqual(0)
		}),
	)
})

test('equal log-odds of all recent payments are no reason for points', () => {
	expect(pointsOf(pointCuts(RECENT.map(() => -3)), -3)).toBe(0)
})
