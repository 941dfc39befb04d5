import { expect, test } from 'vitest'
import { actionsOn, JOB_STATES } from './job-state.ts'
import { subjectOf } from './job-subject.ts'

test('what is running or done is left alone', () => {
	expect(JOB_STATES.filter((state) => actionsOn(state).length === 0)).toEqual(['active', 'completed'])
})

test('only what has ended without success can be tried again', () => {
	expect(JOB_STATES.filter((state) => actionsOn(state).includes('retry'))).toEqual(['cancelled', 'failed'])
})

test.each([
	[{ paymentId: 'pay_1' }, { kind: 'payment', id: 'pay_1' }],
	[
		{ check: 2, refundId: 'ref_1' },
		{ kind: 'refund', id: 'ref_1' },
	],
	[{ inboxId: 'whk_1' }, { kind: 'message', id: 'whk_1' }],
	[{}, null],
	[null, null],
	['pay_1', null],
	[{ paymentId: 7 }, null],
	[{ constructor: 'pay_1' }, null],
])('%j is about %j', (payload, subject) => {
	expect(subjectOf(payload)).toEqual(subject)
})
