import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { patchRefund, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { Refund } from '../../contracts/payments.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { awaitsApproval } from '../../domain/refunds/approval.ts'
import { lockRefundOf } from './lock-refund.server.ts'
import { moveRefund } from './move-refund.server.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }
type Input = { merchantId: string; refundId: string; actor: Cause }

/**
 * Step: takes a refund back. One that waits for approval ends at once; one that waits for the payer is taken back
 * at the gateway, whose answer ends it. Asking twice is asking once. Throws refund_not_cancelable.
 */
export async function withdrawRefund(
	tx: Tx,
	{ enqueue }: Pick<Deps, 'enqueue'>,
	input: Input,
): Promise<Refund> {
	const { refund, payment } = await lockRefundOf(tx, input)
	const cause = input.actor
	if (awaitsApproval(refund)) {
		const patch = { failure_reason: 'withdrawn' }
		return toRefund((await moveRefund(tx, { refund, payment, to: 'canceled', cause, patch })).refund)
	}
	if (refund.status !== 'requires_action') {
		throw new DomainError(
			'conflict',
			'refund_not_cancelable',
			`A refund that is ${refund.status} can no longer be canceled.`,
		)
	}
	if (refund.cancel_requested_by !== null) return toRefund(refund)
	const changed = await patchRefund(tx, refund.id, { cancel_requested_by: causeText(cause) })
	await appendAudit(tx, [
		{
			merchant_id: refund.merchant_id,
			actor: causeText(cause),
			action: 'refund.cancel_requested',
			subject_id: refund.id,
			payload: { amount_minor: refund.amount_minor.toString(), currency: refund.currency },
		},
	])
	await enqueue(tx, sendRefund, [{ refundId: refund.id, check: refund.checks }])
	return toRefund(changed)
}

export async function cancelRefund(deps: Deps, input: Input): Promise<Refund> {
	const refund = await inTransaction(deps.db, (tx) => withdrawRefund(tx, deps, input))
	deps.committed([sendRefund.name])
	return refund
}
