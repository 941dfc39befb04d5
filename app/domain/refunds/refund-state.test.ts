import { expect, test } from 'vitest'
import { holdsMoney, mayBecome, REFUND_STATES } from './refund-state.ts'

const LEGAL = [
	'pending > requires_action',
	'pending > succeeded',
	'pending > failed',
	'pending > canceled',
	'requires_action > pending',
	'requires_action > succeeded',
	'requires_action > failed',
	'requires_action > canceled',
	'succeeded > failed',
]

test('a refund makes these moves and no others', () => {
	const made = REFUND_STATES.flatMap((from) =>
		REFUND_STATES.filter((to) => mayBecome(from, to)).map((to) => `${from} > ${to}`),
	)
	expect(made).toEqual(LEGAL)
})

test('only a refund that failed or was canceled gives its amount free again', () => {
	expect(REFUND_STATES.filter(holdsMoney)).toEqual(['pending', 'requires_action', 'succeeded'])
})
