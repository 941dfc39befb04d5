import { expect, test } from 'vitest'
import { JOBS } from '#jobs/catalog/queues.ts'
import { deadJobDetail } from './job-words.ts'
import { mayBeCardNumber } from './settling-note.ts'

test.each([
	'4242424242424242',
	'card 4242 4242 4242 4242, asked twice',
	'3782-822463-10005',
	'4111111111111112',
])('%s may be a card number', (note) => expect(mayBeCardNumber(note)).toBe(true))

test.each([
	'refunded as re_3Nv8x2',
	'called on 2026-11-21 at 07:33',
	'order 1234567',
	'ticket 1000000000001',
])('%s is none', (note) => expect(mayBeCardNumber(note)).toBe(false))

test('a dead job says what it was about, also when nobody knows its queue', () => {
	expect(deadJobDetail('refunds.send', 9)).toBe(
		'Sending this refund to the gateway failed all 9 times it was tried.',
	)
	expect(deadJobDetail('toys.build', 1)).toBe(
		'A step in the background (toys.build) failed and cannot be tried again.',
	)
	expect(deadJobDetail(null, 3)).toBe('A step in the background (unnamed) failed all 3 times it was tried.')
})

test.each(JOBS.map(({ name }) => name))('a dead job of %s is named in words', (name) => {
	expect(deadJobDetail(name, 2)).not.toContain(name)
})
