import { expect, test } from 'vitest'
import { DISPUTE_STATUSES } from './dispute-state.ts'
import { isRefundable } from './is-refundable.ts'

const inquiry = { status: 'needs_response', is_charge_refundable: true } as const

test('nothing, or inquiries only: may be refunded', () => {
	expect(isRefundable([])).toBe(true)
	expect(isRefundable([inquiry, inquiry])).toBe(true)
})

test('a case that has taken the money forbids it, until it ends in the merchant’s favour', () => {
	const allowing = DISPUTE_STATUSES.filter((status) =>
		isRefundable([{ status, is_charge_refundable: false }]),
	)
	expect(allowing).toEqual(['won', 'closed'])
})

test('one case that forbids it is enough', () => {
	expect(isRefundable([inquiry, { status: 'under_review', is_charge_refundable: false }])).toBe(false)
})
