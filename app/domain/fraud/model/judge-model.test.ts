import { expect, test } from 'vitest'
import { judgeModel, mayTakeOver, type ModelMetrics } from './judge-model.ts'

const metrics = (ap: number | null, auc: number | null = 0.8): ModelMetrics => ({
	payments: 100,
	frauds: ap === null ? 0 : 5,
	auc,
	ap,
	cp100: 0.1,
})

test.each<[string, ModelMetrics, ModelMetrics | null, boolean]>([
	['a better one', metrics(0.7), metrics(0.6), true],
	['one that is as good but for noise', metrics(0.595), metrics(0.6), true],
	['a worse one', metrics(0.55), metrics(0.6), false],
	['the first', metrics(0.3), null, true],
	['a first one that guesses', metrics(0.01, 0.5), null, false],
	['one that no fraud could judge', metrics(null, null), metrics(0.6), false],
	['a first one that no fraud could judge', metrics(null, null), null, false],
])('%s', (_what, candidate, inCharge, may) => {
	expect(mayTakeOver(candidate, inCharge)).toBe(may)
})

test('payments without a fraud leave no figure', () => {
	expect(judgeModel([{ score: 1, fraud: 0, card: 'a', day: 1 }])).toMatchObject({
		frauds: 0,
		auc: null,
		ap: null,
	})
})
