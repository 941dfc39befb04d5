import { describe, expect, test } from 'vitest'
import {
	advance,
	isResting,
	isTerminal,
	PAYMENT_STATES,
	PAYMENT_TRIGGERS,
	STARTING_STATES,
} from './payment-state.ts'

/** The table of docs, written out again on purpose: `from --trigger--> to`. */
const LEGAL = new Map(
	`
	requires_payment_method --confirm--> screening
	requires_payment_method --cancel--> canceled
	requires_payment_method --expire--> canceled
	screening --allow--> processing
	screening --hold_for_review--> in_review
	screening --block--> failed
	processing --authorized--> requires_capture
	processing --authorized_for_review--> in_review
	processing --captured--> succeeded
	processing --action_needed--> requires_action
	processing --declined--> requires_payment_method
	processing --declined_for_good--> failed
	requires_action --authenticated--> processing
	requires_action --declined--> requires_payment_method
	requires_action --expire--> requires_payment_method
	requires_action --cancel--> canceled
	in_review --approve--> succeeded
	in_review --approve_uncharged--> processing
	in_review --reject--> failed
	in_review --cancel--> canceled
	in_review --expire--> canceled
	requires_capture --capture--> succeeded
	requires_capture --void--> canceled
	requires_capture --expire--> canceled
	`
		.trim()
		.split('\n')
		.map((line) => {
			const [from = '', trigger = '', to = ''] = line.trim().split(/ --|--> /)
			return [`${from} ${trigger}`, to] as const
		}),
)

const ALL = PAYMENT_STATES.flatMap((from) => PAYMENT_TRIGGERS.map((trigger) => [from, trigger] as const))

test('there are 24 legal moves among 9 states and 18 triggers', () => {
	expect(LEGAL.size).toBe(24)
	expect(ALL).toHaveLength(9 * 18)
})

test.each(ALL.filter(([from, trigger]) => LEGAL.has(`${from} ${trigger}`)))(
	'%s moves on %s',
	(from, trigger) => {
		expect(advance(from, trigger)).toEqual({ ok: true, state: LEGAL.get(`${from} ${trigger}`) })
	},
)

test.each(ALL.filter(([from, trigger]) => !LEGAL.has(`${from} ${trigger}`)))(
	'%s refuses %s and says so',
	(from, trigger) => {
		expect(advance(from, trigger)).toEqual({ ok: false, from, trigger })
	},
)

describe('groups of states', () => {
	test('exactly succeeded, failed and canceled are terminal', () => {
		expect(PAYMENT_STATES.filter(isTerminal)).toEqual(['succeeded', 'failed', 'canceled'])
	})

	test('only screening and processing move by themselves', () => {
		expect(PAYMENT_STATES.filter((state) => !isResting(state))).toEqual(['screening', 'processing'])
	})

	test('a payment is born unconfirmed or in screening', () => {
		expect(STARTING_STATES).toEqual(['requires_payment_method', 'screening'])
	})

	test('every state but a starting one is reached by some move', () => {
		const reached = new Set<string>([...STARTING_STATES, ...LEGAL.values()])
		expect(PAYMENT_STATES.filter((state) => !reached.has(state))).toEqual([])
	})
})
