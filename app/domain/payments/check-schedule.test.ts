import { expect, test } from 'vitest'
import { CHECK_DELAYS_SECONDS, nextCheckDelay } from './check-schedule.ts'

test('an unknown outcome is asked for eight times within 28 hours, ever more rarely', () => {
	const delays = Array.from({ length: 8 }, (_, done) => nextCheckDelay(done))
	expect(delays).toEqual([5, 15, 60, 300, 900, 3_600, 21_600, 72_000])
	expect(delays).toEqual([...delays].sort((a, b) => (a ?? 0) - (b ?? 0)))
	expect(CHECK_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(28 * 3_600)
})

test.each([8, 9, 1_000])('after %i questions there is no next one', (done) => {
	expect(nextCheckDelay(done)).toBeNull()
})
