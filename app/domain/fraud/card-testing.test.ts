import { expect, test } from 'vitest'
import { isTestedCard, waitWords } from './card-testing.ts'

test.each([
	[0, '1 second'],
	[0.2, '1 second'],
	[59, '59 seconds'],
	[60, '1 minute'],
	[61, '2 minutes'],
	[1_799.5, '30 minutes'],
	[1_800, '30 minutes'],
])('%d s: wait %s', (seconds, words) => {
	expect(waitWords(seconds)).toBe(words)
})

test.each([
	[0, 0, false],
	[5, 5, false],
	[6, 6, true],
	[0, 19, false],
	[0, 20, true],
])(
	'after %i tries in a minute and %i in an hour the next is one too many: %s',
	(lastMinute, lastHour, is) => {
		expect(isTestedCard({ lastMinute, lastHour })).toBe(is)
	},
)
