import { describe, expect, test } from 'vitest'
import { readStage } from './read-stage.ts'

test.each([
	['warning_needs_response', 'inquiry', 'needs_response'],
	['warning_under_review', 'inquiry', 'under_review'],
	['warning_closed', 'inquiry', 'closed'],
	['prevented', 'dispute', 'closed'],
	['needs_response', 'dispute', 'needs_response'],
	['under_review', 'dispute', 'under_review'],
	['appeal_needs_response', 'pre_arbitration', 'needs_response'],
	['appeal_under_review', 'pre_arbitration', 'under_review'],
	['won', 'dispute', 'won'],
	['lost', 'dispute', 'lost'],
])('Stripe: %s is %s, %s', (status, stage, ours) => {
	expect(readStage({ gateway: 'stripe', status })).toEqual({ stage, status: ours })
})

const STAGES = [
	['INQUIRY', 'inquiry'],
	['CHARGEBACK', 'dispute'],
	['PRE_ARBITRATION', 'pre_arbitration'],
	['ARBITRATION', 'pre_arbitration'],
] as const

describe.each(STAGES)('PayPal: %s', (stage, ours) => {
	const read = (status: string, outcome: string | null = null) =>
		readStage({ gateway: 'paypal', stage, status, outcome })

	test.each([
		['OPEN', 'needs_response'],
		['WAITING_FOR_SELLER_RESPONSE', 'needs_response'],
		['WAITING_FOR_BUYER_RESPONSE', 'under_review'],
		['UNDER_REVIEW', 'under_review'],
	])('%s is %s', (status, expected) => {
		expect(read(status)).toEqual({ stage: ours, status: expected })
	})

	test.each(['RESOLVED_BUYER_FAVOUR', 'ACCEPTED'])('%s is lost', (outcome) => {
		expect(read('RESOLVED', outcome)).toEqual({ stage: ours, status: 'lost' })
	})

	test.each(['RESOLVED_SELLER_FAVOUR', 'RESOLVED_WITH_PAYOUT', 'CANCELED_BY_BUYER', 'DENIED'])(
		'%s costs the merchant nothing',
		(outcome) => {
			const status = ours === 'inquiry' ? 'closed' : 'won'
			expect(read('RESOLVED', outcome)).toEqual({ stage: ours, status })
		},
	)

	test('NONE is closed without a verdict', () => {
		expect(read('RESOLVED', 'NONE')).toEqual({ stage: ours, status: 'closed' })
	})
})

test('a word we do not know is not guessed at', () => {
	const paypal = { gateway: 'paypal', stage: 'CHARGEBACK', status: 'OPEN', outcome: null } as const
	expect(readStage({ gateway: 'stripe', status: 'on_hold' })).toBeNull()
	expect(readStage({ ...paypal, stage: 'SOMETHING' })).toBeNull()
	expect(readStage({ ...paypal, status: 'OTHER' })).toBeNull()
	expect(readStage({ ...paypal, status: 'RESOLVED' })).toBeNull()
	expect(readStage({ ...paypal, status: 'RESOLVED', outcome: 'MAYBE' })).toBeNull()
})
