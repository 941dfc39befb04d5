import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDecline, type DeclineEntry, type DeclineOverride } from '../declines/read-decline.ts'
import { ADVICE, isNeverAgain, STANDARD_CODES } from '../declines/standard-declines.ts'
import { PAYMENT_STATES } from '../payments/payment-state.ts'
import { judgeFallback, type DeclinedTry } from './judge-fallback.ts'
import type { Route } from './route.ts'

const ROUTE: Route = {
	rule: null,
	order: ['stripe', 'paypal', 'adyen'],
	skipped: [],
	health: 'well',
	after: null,
}
const TRY: DeclinedTry = {
	outcome: 'declined',
	verdict: { standard: 'processing_error', mayFallBack: true },
	paymentStatus: 'processing',
	operationRequested: false,
	attempt: {
		id: 'att_1',
		gateway: 'stripe',
		status: 'sent',
		number: 1,
		isLatest: true,
		approvals: 0,
		ageMs: 900,
	},
	route: ROUTE,
	tokens: { stripe: 'pm_1', paypal: 'tok_2', adyen: 'tok_3' },
}
const attempt = (fields: Partial<DeclinedTry['attempt']>) => ({ attempt: { ...TRY.attempt, ...fields } })

test('a decline of the kind that passes goes on to the next gateway that knows the card', () => {
	expect(judgeFallback(TRY)).toEqual({
		gateway: 'paypal',
		method: 'tok_2',
		route: {
			...ROUTE,
			order: ['paypal', 'adyen'],
			after: { attempt: 'att_1', gateway: 'stripe', standard_code: 'processing_error' },
		},
	})
	expect(judgeFallback({ ...TRY, tokens: { stripe: 'pm_1', adyen: 'tok_3' } })?.gateway).toBe('adyen')
})

test.each<[string, Partial<DeclinedTry>]>([
	['the outcome is unknown', { outcome: 'unknown' }],
	['it is still processing', { outcome: 'processing' }],
	['the payer must act', { outcome: 'action_needed' }],
	['the payer was asked', attempt({ status: 'requires_action' })],
	['the payer had approved it', attempt({ approvals: 1 })],
	['the try was settled before', attempt({ status: 'declined' })],
	['a newer try is under way', attempt({ isLatest: false })],
	['three tries were made', attempt({ number: 3 })],
	['the payer has long gone', attempt({ ageMs: 301_000 })],
	['somebody asked to cancel it', { operationRequested: true }],
	['the kind of decline does not pass', { verdict: { standard: 'incorrect_cvc', mayFallBack: false } }],
	['the card is stolen', { verdict: { standard: 'stolen_card', mayFallBack: true } }],
	['there was no choice', { route: null }],
	['nobody else knows the card', { tokens: { stripe: 'pm_1' } }],
	['it was the last gateway', attempt({ gateway: 'adyen' })],
])('it ends there when %s', (_, fields) => {
	expect(judgeFallback({ ...TRY, ...fields })).toBeNull()
})

test('only a processing payment falls back', () => {
	for (const paymentStatus of PAYMENT_STATES) {
		const goesOn = judgeFallback({ ...TRY, paymentStatus }) !== null
		expect([paymentStatus, goesOn]).toEqual([paymentStatus, paymentStatus === 'processing'])
	}
})

const overrides = fc.record<DeclineOverride>({
	code: fc.constant('x'),
	words: fc.option(fc.string({ minLength: 1 })),
	advice: fc.option(fc.constantFrom(...ADVICE)),
	mayFallBack: fc.option(fc.boolean()),
})

describe('whatever a merchant sets', () => {
	test('an outcome that is no proven decline never leads to another gateway', () => {
		const kinds = fc.constantFrom<DeclinedTry['outcome']>(
			'unknown',
			'processing',
			'action_needed',
			'approved',
			'canceled',
			'authorized',
			'captured',
		)
		fc.assert(
			fc.property(kinds, fc.constantFrom(...STANDARD_CODES), overrides, (outcome, standard, override) => {
				const entries: DeclineEntry[] = [{ code: 'x', standard }]
				const verdict = readDecline(entries, [override], { code: 'x', declineCode: null, message: '' })
				expect(judgeFallback({ ...TRY, outcome, verdict })).toBeNull()
			}),
		)
	})

	test('a lost, stolen or suspected card is never tried again, nor is that advised', () => {
		const never = STANDARD_CODES.filter(isNeverAgain)
		expect(never).toEqual(
			expect.arrayContaining(['lost_card', 'stolen_card', 'pick_up_card', 'suspected_fraud']),
		)
		fc.assert(
			fc.property(fc.constantFrom(...never), overrides, (standard, override) => {
				const entries: DeclineEntry[] = [{ code: 'x', standard }]
				const verdict = readDecline(entries, [override], { code: 'x', declineCode: null, message: '' })
				expect(verdict.advice).not.toBe('retry_same')
				expect(verdict.mayFallBack).toBe(false)
				expect(judgeFallback({ ...TRY, verdict: { ...verdict, mayFallBack: true } })).toBeNull()
			}),
		)
	})
})
