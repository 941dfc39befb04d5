import { describe, expect, test } from 'vitest'
import type { RefundOutcome } from '../payments/ports.ts'
import { judgeRefund, type RefundFacts } from './judge-refund.ts'
import { REFUND_STATES } from './refund-state.ts'

const facts = (over: Partial<RefundFacts> = {}): RefundFacts => ({
	status: 'pending',
	amountMinor: 500n,
	currency: 'eur',
	providerRef: null,
	...over,
})

function said(kind: RefundOutcome['kind'], over: { amountMinor?: bigint; currency?: string } = {}) {
	if (kind === 'unknown') return { kind, reason: 'reset' } as const
	if (kind === 'failed' || kind === 'canceled') return { kind, ref: 're_1', reason: kind } as const
	return { kind, ref: 're_1', amountMinor: 500n, currency: 'eur', pendingReason: null, ...over } as const
}

test.each([
	['pending', 'unknown', 'waits'],
	['pending', 'pending', 'waits'],
	['pending', 'requires_action', 'requires_action'],
	['pending', 'succeeded', 'succeeded'],
	['pending', 'failed', 'failed'],
	['pending', 'canceled', 'canceled'],
	['requires_action', 'unknown', 'waits'],
	['requires_action', 'pending', 'pending'],
	['requires_action', 'requires_action', 'waits'],
	['requires_action', 'succeeded', 'succeeded'],
	['requires_action', 'failed', 'failed'],
	['requires_action', 'canceled', 'canceled'],
	['succeeded', 'unknown', 'stays'],
	['succeeded', 'pending', 'stays'],
	['succeeded', 'requires_action', 'stays'],
	['succeeded', 'succeeded', 'stays'],
	['succeeded', 'failed', 'failed'],
	['succeeded', 'canceled', 'stays'],
	['failed', 'unknown', 'stays'],
	['failed', 'failed', 'stays'],
	['canceled', 'canceled', 'stays'],
	['canceled', 'unknown', 'stays'],
] as const)('a %s refund of which the gateway says %s: %s', (status, kind, expected) => {
	const judged = judgeRefund(facts({ status, providerRef: 're_1' }), said(kind))
	expect(judged.kind === 'moves' ? judged.to : judged.kind).toBe(expected)
})

describe('other money than was asked for', () => {
	test.each([
		['amount', { amountMinor: 600n }],
		['currency', { currency: 'usd' }],
	])('another %s is never booked, whatever the state', (_what, over) => {
		for (const status of REFUND_STATES) {
			expect(judgeRefund(facts({ status }), said('succeeded', over)).kind).toBe('differs')
		}
	})
})

describe('a refund that ended here without the gateway', () => {
	test.each(['failed', 'canceled'] as const)('%s, and was made all the same: a person looks', (status) => {
		expect(judgeRefund(facts({ status }), said('succeeded')).kind).toBe('differs')
	})

	test('an answer older than the failure it is about changes nothing', () => {
		const failed = facts({ status: 'failed', providerRef: 're_1' })
		expect(judgeRefund(failed, said('succeeded'))).toEqual({ kind: 'stays' })
	})
})
