import type { Tx } from '#db/client.ts'
import { findDispute, lockDispute, type DisputeRow } from '#db/queries/disputes.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { isOpen } from '../../domain/disputes/dispute-state.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

export const disputeNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'dispute_not_found', `There is no dispute ${id}.`, { param: 'id' })

/** A case of this merchant under its lock; the payment is locked first, as every writer does. */
export async function lockCase(
	tx: Tx,
	{ merchantId, disputeId }: { merchantId: string; disputeId: string },
): Promise<DisputeRow> {
	const found = await findDispute(tx, disputeId)
	if (found?.merchant_id !== merchantId) throw disputeNotFound(disputeId)
	await lockPayment(tx, { merchantId, id: found.payment_id })
	const row = await lockDispute(tx, disputeId)
	if (!row) throw disputeNotFound(disputeId)
	return row
}

/** Refuses what only an unanswered case allows. */
export function requireUnanswered(row: DisputeRow): void {
	if (row.requested_operation !== null) {
		throw new DomainError(
			'conflict',
			'operation_in_progress',
			'An answer to this dispute is on its way to the bank. Wait for its result.',
		)
	}
	if (row.evidence_submitted_at !== null) {
		throw new DomainError(
			'conflict',
			'evidence_already_submitted',
			'The bank has your evidence. It can be submitted only once.',
		)
	}
	if (row.status === 'needs_response') return
	const message = isOpen(row.status)
		? 'The bank is reviewing this dispute and takes no more evidence.'
		: `This dispute has ended: ${row.status}.`
	throw new DomainError('conflict', 'dispute_not_open', message)
}
