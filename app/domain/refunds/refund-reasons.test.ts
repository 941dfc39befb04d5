import { expect, test } from 'vitest'
import { failureMessage, pendingMessage } from './refund-reasons.ts'
import { PENDING_REASONS } from './refund-state.ts'

const OF_STRIPE = [
	'lost_or_stolen_card',
	'expired_or_canceled_card',
	'charge_for_pending_refund_disputed',
	'insufficient_funds',
	'declined',
	'merchant_request',
	'unknown',
]
const REFUSALS = ['charge_disputed', 'charge_already_refunded', 'amount_too_large', 'resource_missing']
const OURS = ['approval_rejected', 'approval_expired', 'withdrawn', 'refunded_at_gateway']

test.each([...OF_STRIPE, ...REFUSALS, ...OURS])('%s is said in plain words', (code) => {
	const words = failureMessage(code)
	expect(words).not.toMatch(/[a-z]_[a-z]/)
	expect(words).toMatch(/yours again|was returned|dropped/)
	expect(words).toMatch(/\.$/)
})

test('a code nobody has named yet is still a sentence that says where the money is', () => {
	expect(failureMessage('moon_phase')).toBe(
		'The gateway gave the reason “moon_phase”. The money was not returned and is yours.',
	)
})

test('every reason to wait says where the money is meanwhile', () => {
	for (const reason of PENDING_REASONS) expect(pendingMessage(reason)).toContain('set aside')
})
