import { expect, test } from 'vitest'
import { subjectOfStripeEvent } from './webhook-subject.server.ts'

const about = (object: object) => subjectOfStripeEvent({ data: { object } })

test('an intent and its charge point to the same payment', () => {
	const payment = { kind: 'payment', ref: 'pi_1', attemptId: 'att_1' }
	const metadata = { attempt_id: 'att_1' }
	expect(about({ object: 'payment_intent', id: 'pi_1', metadata })).toEqual(payment)
	expect(about({ object: 'charge', id: 'ch_1', payment_intent: 'pi_1', metadata })).toEqual(payment)
})

test('a refund points to itself', () => {
	const metadata = { refund_id: 're_ours' }
	expect(about({ object: 'refund', id: 're_1', metadata })).toEqual({ kind: 'refund', ref: 're_1' })
})

test('a dispute points to itself, not to the charge it is about', () => {
	const object = { object: 'dispute', id: 'du_1', charge: 'ch_1', payment_intent: 'pi_1' }
	expect(about(object)).toEqual({ kind: 'dispute', ref: 'du_1' })
})

test.each([{}, null, { attempt_id: 7 }])('metadata %o names no attempt and stops nothing', (metadata) => {
	expect(about({ object: 'payment_intent', id: 'pi_1', metadata })).toEqual({
		kind: 'payment',
		ref: 'pi_1',
		attemptId: null,
	})
})

test.each([
	[{ data: { object: { object: 'charge', payment_intent: null } } }],
	[{ data: { object: { object: 'customer', id: 'cus_1' } } }],
	[{ data: {} }],
	[{}],
	[null],
	['text'],
])('%o is about nothing of ours', (payload) => {
	expect(subjectOfStripeEvent(payload)).toEqual({ kind: 'other' })
})
