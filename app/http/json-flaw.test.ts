import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flawIn } from './json-flaw.server.ts'

test.each([
	['{"amount":1,"amount":100}', { kind: 'named_twice', param: 'amount' }],
	['{"a":[{"b":1},{"b":1,"\\u0062":2}]}', { kind: 'named_twice', param: 'a.1.b' }],
	['{"metadata":{"note":"\\u0000"}}', { kind: 'not_keepable', param: 'metadata.note' }],
	['{"metadata":{"note":"\\ud800"}}', { kind: 'not_keepable', param: 'metadata.note' }],
	['{"metadata":{"\\u0000":"x"}}', { kind: 'not_keepable', param: 'metadata.\u0000' }],
	['{"description":"4242 4242 4242 4242"}', { kind: 'card_number', param: 'description' }],
	['{"metadata":{"a":["x",4242424242424242]}}', { kind: 'card_number', param: 'metadata.a.1' }],
	['{"metadata":{"4242424242424242":1}}', { kind: 'card_number', param: 'metadata' }],
	['"4242424242424242"', { kind: 'card_number', param: 'body' }],
	[`${'['.repeat(33)}${']'.repeat(33)}`, { kind: 'too_deep', param: 'body' }],
])('%s is refused by the name of its member', (json, flaw) => {
	expect(flawIn(json)).toEqual(flaw)
})

test.each([
	'{"a":{"x":1},"b":{"x":1}}',
	'[{"x":1},{"x":1}]',
	'{"a":"{\\"a\\":1,\\"a\\":2}"}',
	'{"a":",","b":"a"}',
	'{"amount":999999999999,"rate":1.4242424242424242}',
	`${'['.repeat(32)}${']'.repeat(32)}`,
])('%s is taken', (json) => {
	expect(flawIn(json)).toBeNull()
})

test('what one object can hold never has a name twice', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 6 }), (json) => {
			expect(flawIn(json)?.kind).not.toBe('named_twice')
		}),
	)
})
