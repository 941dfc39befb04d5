import { expect, test } from 'vitest'
import { subjectOfPayPalEvent } from './webhook-subject.server.ts'

const about = (resource_type: string, resource: object) => subjectOfPayPalEvent({ resource_type, resource })
const money = {
	id: '2GG279541U471931P',
	custom_id: 'att_1',
	supplementary_data: { related_ids: { order_id: '5O190127TN364715T' } },
}

test('an order, its hold and its capture point to the same payment', () => {
	const payment = { kind: 'payment', ref: '5O190127TN364715T', attemptId: 'att_1' }
	const units = [{ custom_id: 'att_1' }]
	expect(about('checkout-order', { id: '5O190127TN364715T', purchase_units: units })).toEqual(payment)
	expect(about('capture', money)).toEqual(payment)
	expect(about('authorization', money)).toEqual(payment)
})

test('a refund and a dispute point to themselves', () => {
	expect(about('refund', { id: '1JU08902781691411', custom_id: 're_1' })).toEqual({
		kind: 'refund',
		ref: '1JU08902781691411',
	})
	expect(about('dispute', { dispute_id: 'PP-D-1' })).toEqual({ kind: 'dispute', ref: 'PP-D-1' })
})

test('money without our mark is still somebody’s payment', () => {
	const { custom_id: _mark, ...unmarked } = money
	expect(about('capture', unmarked)).toEqual({ kind: 'payment', ref: '5O190127TN364715T', attemptId: null })
	expect(about('checkout-order', { id: '5O190127TN364715T' })).toMatchObject({ attemptId: null })
})

test.each([
	[{ resource_type: 'capture', resource: { id: 'x' } }],
	[{ resource_type: 'plan', resource: { id: 'x' } }],
	[{ resource_type: 'refund', resource: {} }],
	[{ resource: {} }],
	[{}],
	[null],
	['text'],
])('%o is about nothing of ours', (payload) => {
	expect(subjectOfPayPalEvent(payload)).toEqual({ kind: 'other' })
})
