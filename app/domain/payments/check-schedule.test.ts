import { expect, test } from 'vitest'
import {
	ACTION_CHECK_DELAYS_SECONDS,
	CHECK_DELAYS_SECONDS,
	delayAfter,
	isOpenOutcome,
	nextCheckDelay,
} from './check-schedule.ts'

test('an unknown outcome is asked for eight times within 28 hours, ever more rarely', () => {
	const delays = Array.from({ length: 8 }, (_, done) => nextCheckDelay(done))
	expect(delays).toEqual([5, 15, 60, 300, 900, 3_600, 21_600, 72_000])
	expect(delays).toEqual([...delays].sort((a, b) => (a ?? 0) - (b ?? 0)))
	expect(CHECK_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(28 * 3_600)
})

test.each([8, 9, 1_000])('after %i questions there is no next one', (done) => {
	expect(nextCheckDelay(done)).toBeNull()
})

test('a payer at their bank is asked about within the day the payment has left', () => {
	const delays = Array.from({ length: 8 }, (_, done) => delayAfter('action_needed', done))
	expect(delays).toEqual([...ACTION_CHECK_DELAYS_SECONDS, null])
	expect(ACTION_CHECK_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(24 * 3_600)
})

test.each(['captured', 'authorized', 'declined', 'canceled'] as const)('%s leaves nothing to ask', (kind) => {
	expect(isOpenOutcome(kind)).toBe(false)
	expect(delayAfter(kind, 0)).toBeNull()
})

test('a bank debit is asked about once a day for two weeks', () => {
	const delays = Array.from({ length: 22 }, (_, done) => delayAfter('processing', done))
	expect(delays.at(-1)).toBeNull()
	expect(delays.filter((delay) => delay === 86_400)).toHaveLength(14)
})

test.each(['unknown', 'processing', 'action_needed', 'approved'] as const)(
	'%s is asked about again',
	(kind) => {
		expect(isOpenOutcome(kind)).toBe(true)
		expect(delayAfter(kind, 0)).toBeGreaterThan(0)
	},
)
