import { expect, test } from 'vitest'
import { dueIn } from './due-in.ts'

const HOUR = 3_600_000

test.each([
	[7 * 24 * HOUR, '7 days left', false],
	[6.9 * 24 * HOUR, '6 days left', false],
	[3 * 24 * HOUR, '3 days left', true],
	[2 * 24 * HOUR, '2 days left', true],
	[47.5 * HOUR, '47 hours left', true],
	[1.5 * HOUR, '1 hour left', true],
	[0.5 * HOUR, 'Less than an hour left', true],
	[0, 'Overdue', true],
	[-HOUR, 'Overdue', true],
])('%d ms before: %s', (left, text, isUrgent) => {
	expect(dueIn(1_000_000_000 + left, 1_000_000_000)).toEqual({ text, isUrgent, isPast: left <= 0 })
})
