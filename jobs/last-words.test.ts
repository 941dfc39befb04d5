import { expect, test } from 'vitest'
import { lastWordsOf } from './last-words.ts'

const stubborn = {
	toString() {
		throw new Error('no')
	},
}

test.each([
	['an error', new Error('out of luck'), 'out of luck'],
	['an error without words', new TypeError(''), 'TypeError'],
	['a text', 'just so', 'just so'],
	['nothing', undefined, 'undefined'],
	['an object that refuses', stubborn, 'something was thrown that cannot be put into words'],
	[
		'an object without a prototype',
		Object.create(null),
		'something was thrown that cannot be put into words',
	],
	['what Postgres cannot keep', new Error('a\u0000b\ud800'), 'ab\ufffd'],
] as const)('%s', (_, thrown, words) => {
	expect(lastWordsOf(thrown)).toBe(words)
})

test('a flood is cut', () => {
	expect(lastWordsOf(new Error('x'.repeat(1_000_000)))).toHaveLength(2_000)
})
