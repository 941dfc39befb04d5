import { describe, expect, test } from 'vitest'
import { ATTENTION, ATTENTION_KINDS, settleChoice } from './attention-kinds.ts'
import { planRetry, type RetryFacts } from './plan-retry.ts'

const facts = (more: Partial<RetryFacts>): RetryFacts => ({
	kind: 'job_failed',
	payment: null,
	openAttempts: [],
	refund: null,
	job: null,
	isJobReadable: false,
	...more,
})

describe('the catalogue', () => {
	test.each(ATTENTION_KINDS)('%s says what it means, and can always be settled by hand', (kind) => {
		const words = ATTENTION[kind]
		expect(words.meaning).toMatch(/\.$/)
		expect(settleChoice(kind, 'by_hand')).toMatchObject({ label: 'Settled by hand' })
		expect(words.settle.at(-1)?.outcome).toBe('by_hand')
	})

	test('a settlement of one kind is none of another', () => {
		expect(settleChoice('late_money', 'refunded_at_gateway')).toBeDefined()
		expect(settleChoice('late_money', 'never_charged')).toBeUndefined()
		expect(settleChoice('job_failed', 'toString')).toBeUndefined()
	})
})

describe('trying again', () => {
	test.each([
		[
			'an unknown charge is asked about',
			{ kind: 'outcome_unknown', payment: 'processing', openAttempts: ['att_1'] },
			{ do: 'check-attempts', attempts: ['att_1'] },
		],
		[
			'a charge whose payment has ended is not',
			{ kind: 'outcome_unknown', payment: 'failed', openAttempts: ['att_1'] },
			null,
		],
		[
			'a mismatch is asked about while it is open',
			{ kind: 'gateway_mismatch', payment: 'processing', openAttempts: ['att_1'] },
			{ do: 'check-attempts', attempts: ['att_1'] },
		],
		['a mismatch of something unknown here cannot be', { kind: 'gateway_mismatch' }, null],
		['an open refund is asked about', { kind: 'refund_unknown', refund: 'pending' }, { do: 'send-refund' }],
		['a refund that succeeded is left alone', { kind: 'refund_unknown', refund: 'succeeded' }, null],
		['a refund that failed is left alone', { kind: 'refund_unknown', refund: 'failed' }, null],
		[
			'a dead job goes back into its queue',
			{ job: { queue: 'q', payload: {} }, isJobReadable: true },
			{ do: 'requeue' },
		],
		['a dead job nobody can read stays dead', { job: { queue: 'q', payload: {} } }, null],
		[
			'an operation that was given up is asked for anew',
			{
				payment: 'requires_capture',
				job: { queue: 'q', payload: {}, operation: 'capture', amountMinor: '500' },
				isJobReadable: true,
			},
			{ do: 'ask-operation', operation: 'capture', amountMinor: '500' },
		],
		[
			'but not of a payment that has ended',
			{ payment: 'canceled', job: { queue: 'q', payload: {}, operation: 'capture' }, isJobReadable: true },
			null,
		],
		['late money is a person’s work', { kind: 'late_money', payment: 'failed' }, null],
		[
			'old exchange rates are read again',
			{ kind: 'rates_stale', job: { queue: 'fx.refresh', payload: {} }, isJobReadable: true },
			{ do: 'requeue' },
		],
		['broken books are read again', { kind: 'integrity_broken' }, { do: 'verify' }],
	] as [string, Partial<RetryFacts>, unknown][])('%s', (_, given, plan) => {
		expect(planRetry(facts(given))).toEqual(plan)
	})
})
