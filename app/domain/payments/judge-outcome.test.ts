import { describe, expect, test } from 'vitest'
import { judgeOutcome, type JudgedPayment } from './judge-outcome.ts'
import { PAYMENT_STATES } from './payment-state.ts'
import type { GatewayOutcome } from './ports.ts'

const payment = (changes: Partial<JudgedPayment> = {}): JudgedPayment => ({
	status: 'processing',
	amountMinor: 1_999n,
	currency: 'eur',
	requestedMinor: null,
	requestedOperation: null,
	riskDecision: 'allow',
	payerPresent: true,
	...changes,
})

const money = { ref: 'pi_1', chargeRef: 'ch_1', amountMinor: 1_999n, currency: 'eur' }
const captured: GatewayOutcome = { kind: 'captured', ...money, feeMinor: 50n }
const authorized: GatewayOutcome = { kind: 'authorized', ...money }
const actionNeeded: GatewayOutcome = { kind: 'action_needed', ref: 'pi_1', url: null }
const declined: GatewayOutcome = { kind: 'declined', ref: 'pi_1', code: 'x', declineCode: null, message: 'x' }
const canceled: GatewayOutcome = { kind: 'canceled', ref: 'pi_1' }
const processing: GatewayOutcome = { kind: 'processing', ref: 'pi_1' }
const approved: GatewayOutcome = { kind: 'approved', ref: 'ord_1' }
const unknown: GatewayOutcome = { kind: 'unknown', ref: null, reason: 'reset' }

type Case = [string, Partial<JudgedPayment>, GatewayOutcome, string, string[]]

test.each<Case>([
	['a captured charge succeeds', {}, captured, 'succeeded', ['succeeded']],
	['a hold waits for capture', {}, authorized, 'authorized', ['requires_capture']],
	[
		'a hold of a doubtful payment waits for a person',
		{ riskDecision: 'review' },
		authorized,
		'authorized',
		['in_review'],
	],
	['a challenge waits for the payer', {}, actionNeeded, 'requires_action', ['requires_action']],
	['a decline lets a present payer try again', {}, declined, 'declined', ['requires_payment_method']],
	['a decline without a payer is final', { payerPresent: false }, declined, 'declined', ['failed']],
	['a charge the gateway canceled is final', {}, canceled, 'canceled', ['failed']],
	['a charge on its way changes nothing', {}, processing, 'sent', []],
	['no trustworthy answer changes nothing', {}, unknown, 'unknown', []],
	[
		'an approval goes on to take the money',
		{ status: 'requires_action' },
		approved,
		'approved',
		['processing'],
	],
	['an approval heard of again changes nothing', {}, approved, 'approved', []],
	[
		'an answered challenge passes through processing',
		{ status: 'requires_action' },
		captured,
		'succeeded',
		['processing', 'succeeded'],
	],
	[
		'an answered challenge may end in a hold',
		{ status: 'requires_action' },
		authorized,
		'authorized',
		['processing', 'requires_capture'],
	],
	[
		'a failed challenge lets the payer try again',
		{ status: 'requires_action' },
		declined,
		'declined',
		['requires_payment_method'],
	],
	[
		'a payment that was to be canceled while the payer is asked is canceled',
		{ status: 'requires_action', requestedOperation: 'cancel' },
		canceled,
		'canceled',
		['canceled'],
	],
	[
		'a challenge that was called off lets the payer try again',
		{ status: 'requires_action' },
		canceled,
		'canceled',
		['requires_payment_method'],
	],
	['a hold is captured', { status: 'requires_capture' }, captured, 'succeeded', ['succeeded']],
	['a hold is voided', { status: 'requires_capture' }, canceled, 'canceled', ['canceled']],
	['an approval captures', { status: 'in_review' }, captured, 'succeeded', ['succeeded']],
	[
		'a rejection fails',
		{ status: 'in_review', requestedOperation: 'reject' },
		canceled,
		'canceled',
		['failed'],
	],
	['a review that lapses is canceled', { status: 'in_review' }, canceled, 'canceled', ['canceled']],
])('%s', (_sentence, changes, outcome, attempt, moves) => {
	const judged = judgeOutcome(payment(changes), outcome)
	expect(judged).toMatchObject({ attempt, moves, attention: null })
	expect(judged.capturedMinor).toBe(outcome.kind === 'captured' ? 1_999n : null)
})

describe('an answer about other money than we asked for', () => {
	test.each<[string, GatewayOutcome]>([
		['amount', { ...captured, amountMinor: 2_099n }],
		['currency', { ...captured, currency: 'usd' }],
		['held amount', { ...authorized, amountMinor: 1n }],
	])('a wrong %s moves nothing and goes before a person', (_what, outcome) => {
		const judged = judgeOutcome(payment(), outcome)
		expect(judged).toMatchObject({ attempt: 'unknown', moves: [], capturedMinor: null })
		expect(judged.attention).toMatchObject({ kind: 'gateway_mismatch' })
		expect(judged.attention?.detail).toContain('we asked for 1999 eur')
	})

	test('part of a hold is right when only that part was asked for', () => {
		const asked = payment({ status: 'requires_capture', requestedMinor: 500n, requestedOperation: 'capture' })
		expect(judgeOutcome(asked, { ...captured, amountMinor: 500n })).toMatchObject({
			moves: ['succeeded'],
			capturedMinor: 500n,
			attention: null,
		})
		expect(judgeOutcome(asked, captured).attention?.kind).toBe('gateway_mismatch')
	})
})

describe('money that arrives when nobody waits for it any more', () => {
	test.each(['failed', 'canceled', 'requires_payment_method'] as const)('a %s payment', (status) => {
		expect(judgeOutcome(payment({ status }), captured)).toMatchObject({
			attempt: 'succeeded',
			moves: [],
			capturedMinor: null,
			attention: { kind: 'late_money' },
		})
	})

	test('a payment that has succeeded hears the same news again in silence', () => {
		expect(judgeOutcome(payment({ status: 'succeeded' }), captured)).toMatchObject({
			moves: [],
			attention: null,
		})
	})
})

test.each(['requires_payment_method', 'canceled', 'failed', 'succeeded'] as const)(
	'an approval of a %s payment comes too late: nothing is taken for it',
	(status) => {
		expect(judgeOutcome(payment({ status }), approved)).toMatchObject({ attempt: 'canceled', moves: [] })
	},
)

test.each(PAYMENT_STATES)('doubt alone never moves a %s payment', (status) => {
	for (const outcome of [unknown, processing]) {
		expect(judgeOutcome(payment({ status }), outcome)).toMatchObject({ moves: [], attention: null })
	}
})
