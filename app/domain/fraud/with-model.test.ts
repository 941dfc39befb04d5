import { describe, expect, test } from 'vitest'
import type { ScreeningResult } from './screen-payment.ts'
import { USUAL_THRESHOLDS } from './thresholds.ts'
import { withModel, type ModelOpinion } from './with-model.ts'

const RULES: ScreeningResult = {
	score: 25,
	decision: 'allow',
	reasons: [{ code: 'card_declines', message: 'declined', points: 25 }],
}
const opinion = (points: number, parts: readonly number[] = [3, 2, 1]): ModelOpinion => ({
	modelId: 'fmd_1',
	logOdds: 1,
	points,
	strongest: parts.map((part, i) => ({ name: `f${i}`, words: `feature ${i}`, part })),
})

test('the more suspicious of the two decides, and the points of the reasons are the score', () => {
	const result = withModel(RULES, opinion(70), USUAL_THRESHOLDS)
	expect(result).toMatchObject({ score: 70, decision: 'review' })
	expect(result.reasons.map(({ code, points }) => [code, points])).toEqual([
		['card_declines', 25],
		['model_f0', 23],
		['model_f1', 15],
		['model_f2', 7],
	])
})

describe('the model never makes a payment look more harmless', () => {
	test.each([0, 10, 25])('%i points change nothing', (points) => {
		expect(withModel(RULES, opinion(points), USUAL_THRESHOLDS)).toEqual(RULES)
	})

	test('nor does a missing model, or one without a reason', () => {
		expect(withModel(RULES, null, USUAL_THRESHOLDS)).toEqual(RULES)
		expect(withModel(RULES, opinion(90, []), USUAL_THRESHOLDS)).toEqual(RULES)
	})
})

test.each([
	[64, 'allow'],
	[65, 'review'],
	[84, 'review'],
	[85, 'block'],
	[99, 'block'],
])('%i points mean %s at the usual thresholds', (points, decision) => {
	expect(withModel(RULES, opinion(points), USUAL_THRESHOLDS)).toMatchObject({ score: points, decision })
})

test('thresholds are the merchant’s own; 100 is never', () => {
	const own = { reviewFrom: 30, blockFrom: 100 }
	expect(withModel(RULES, opinion(99), own).decision).toBe('review')
	expect(withModel(RULES, opinion(30), own).decision).toBe('review')
	expect(withModel(RULES, opinion(29), own).decision).toBe('allow')
})

test('wherever the thresholds lie, the block list blocks and a large amount is looked at', () => {
	const never = { reviewFrom: 100, blockFrom: 100 }
	const because = (code: string) => ({ ...RULES, reasons: [{ code, message: code, points: 25 }] })
	expect(withModel(because('block_list'), null, never).decision).toBe('block')
	expect(withModel(because('amount_above_5000_usd'), null, never).decision).toBe('review')
	expect(withModel(because('card_declines'), null, never).decision).toBe('allow')
})
