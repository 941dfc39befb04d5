import { DomainError } from '../errors/domain-error.ts'
import type { PendingReason, RefundStatus } from './refund-state.ts'

type Waiting = { status: RefundStatus; pending_reason: PendingReason | null; requested_by: string }

export const awaitsApproval = ({ status, pending_reason }: Waiting): boolean =>
	status === 'pending' && pending_reason === 'awaiting_approval'

/** Whether this person may decide: anyone of the merchant but the one who asked. */
export const mayDecide = (refund: Waiting, actor: string): boolean =>
	awaitsApproval(refund) && refund.requested_by !== actor

/** Throws what keeps this person from approving or rejecting. */
export function requireDecider(refund: Waiting, actor: string): void {
	if (!awaitsApproval(refund)) {
		throw new DomainError(
			'conflict',
			'refund_not_awaiting_approval',
			`This refund does not wait for approval any more: it is ${refund.status}.`,
		)
	}
	if (mayDecide(refund, actor)) return
	throw new DomainError(
		'forbidden',
		'second_person_required',
		'You asked for this refund, so a colleague must decide about it. You can withdraw it.',
	)
}
