import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { patchRefund, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { Refund } from '../../contracts/payments.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { requireMove } from '../../domain/access/may-move.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { requireDecider } from '../../domain/refunds/approval.ts'
import { refuseDisputedRefund } from '../disputes/refuse-disputed-refund.server.ts'
import { lockRefundOf } from './lock-refund.server.ts'
import { refundEvent } from './refund-events.server.ts'
import { FIRST_LOOK_SECONDS } from './request-refund.server.ts'

export type DecideRefundDeps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}
export type DecideRefundInput = { merchantId: string; refundId: string; actor: Cause }
export type ApproveRefundInput = DecideRefundInput & {
	/** What the actor may do. */
	grant: Grant
}

/** A second person agrees: the refund, whose amount is held already, goes to the gateway. */
export async function approveRefund(deps: DecideRefundDeps, input: ApproveRefundInput): Promise<Refund> {
	const by = causeText(input.actor)
	const approved = await inTransaction(deps.db, async (tx) => {
		const { refund, payment } = await lockRefundOf(tx, input)
		requireDecider(refund, by)
		requireMove(input.grant, 'refunds.approve', { minor: refund.amount_minor, currency: refund.currency })
		// A case may have been opened while the refund waited.
		await refuseDisputedRefund(tx, payment.id)
		const now = deps.clock.now()
		const changed = await patchRefund(tx, refund.id, {
			pending_reason: null,
			approval_decided_by: by,
			approval_decided_at: now,
			next_check_at: new Date(now.getTime() + FIRST_LOOK_SECONDS * 1000),
		})
		await appendAudit(tx, [
			{
				merchant_id: refund.merchant_id,
				actor: by,
				action: 'refund.approved',
				subject_id: refund.id,
				payload: {
					amount_minor: refund.amount_minor.toString(),
					currency: refund.currency,
					requested_by: refund.requested_by,
				},
				before: { pending_reason: refund.pending_reason },
				after: { pending_reason: null },
			},
		])
		await insertEvents(tx, refundEvent(changed, payment, 'refund.updated'))
		await deps.enqueue(tx, sendRefund, [{ refundId: refund.id, check: refund.checks }])
		return changed
	})
	deps.committed([sendRefund.name])
	return toRefund(approved)
}
