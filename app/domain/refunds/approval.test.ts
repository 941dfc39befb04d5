import { expect, test } from 'vitest'
import { isDomainError } from '../errors/domain-error.ts'
import { mayDecide, requireDecider } from './approval.ts'
import { feeLoss } from './fee-loss.ts'
import { REFUND_STATES } from './refund-state.ts'

const waiting = {
	status: 'pending',
	pending_reason: 'awaiting_approval',
	requested_by: 'console:usr_1',
} as const

function refusalOf(run: () => void): string | null {
	try {
		run()
		return null
	} catch (error) {
		if (!isDomainError(error)) throw error
		return error.code
	}
}

test('anyone but the one who asked may decide', () => {
	expect(refusalOf(() => requireDecider(waiting, 'console:usr_2'))).toBeNull()
	expect(refusalOf(() => requireDecider(waiting, 'console:usr_1'))).toBe('second_person_required')
	const byKey = { ...waiting, requested_by: 'api:key_1' }
	expect(refusalOf(() => requireDecider(byKey, 'console:usr_1'))).toBeNull()
})

test('only a refund that waits for approval can be decided', () => {
	for (const status of REFUND_STATES) {
		const other = { ...waiting, status, pending_reason: null }
		expect(mayDecide(other, 'console:usr_2')).toBe(false)
		expect(refusalOf(() => requireDecider(other, 'console:usr_2'))).toBe('refund_not_awaiting_approval')
	}
})

test.each([
	[59n, 1_000n, 1_000n, 59n],
	[59n, 500n, 1_000n, 29n],
	[59n, 1n, 1_000n, 0n],
	[0n, 500n, 1_000n, 0n],
	[59n, 500n, 0n, 0n],
])('of a fee of %i, refunding %i of %i loses %i', (fee, amount, captured, lost) => {
	expect(feeLoss(fee, amount, captured)).toBe(lost)
})
