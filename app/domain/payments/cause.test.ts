import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CAUSE_KINDS, causeFromText, causeText } from './cause.ts'

test('a cause survives being written as text, colons in its reference included', () => {
	const cause = fc.record({
		kind: fc.constantFrom(...CAUSE_KINDS),
		ref: fc.option(fc.string({ minLength: 1 })),
	})
	fc.assert(
		fc.property(cause, (given) => {
			expect(causeFromText(causeText(given))).toEqual(given)
		}),
	)
})

test.each([
	['', { kind: 'job', ref: null }],
	['somebody:usr_1', { kind: 'job', ref: 'usr_1' }],
])('text of no known kind, %o, counts as a job', (text, cause) => {
	expect(causeFromText(text)).toEqual(cause)
})
