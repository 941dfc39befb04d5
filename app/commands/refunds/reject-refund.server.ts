import { inTransaction } from '#db/client.ts'
import { toRefund } from '#db/queries/refunds.ts'
import type { Refund } from '../../contracts/payments.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { requireDecider } from '../../domain/refunds/approval.ts'
import type { DecideRefundDeps, DecideRefundInput } from './approve-refund.server.ts'
import { lockRefundOf } from './lock-refund.server.ts'
import { moveRefund } from './move-refund.server.ts'

/** A second person does not agree: the refund ends and its amount is free again. */
export async function rejectRefund(deps: DecideRefundDeps, input: DecideRefundInput): Promise<Refund> {
	const by = causeText(input.actor)
	const rejected = await inTransaction(deps.db, async (tx) => {
		const locked = await lockRefundOf(tx, input)
		requireDecider(locked.refund, by)
		const moved = await moveRefund(tx, {
			...locked,
			to: 'canceled',
			cause: input.actor,
			patch: {
				failure_reason: 'approval_rejected',
				approval_decided_by: by,
				approval_decided_at: deps.clock.now(),
			},
		})
		return moved.refund
	})
	deps.committed([])
	return toRefund(rejected)
}
