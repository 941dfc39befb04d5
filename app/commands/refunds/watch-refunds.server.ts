import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { lockRefund, overdueRefunds, patchRefund, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { isOver } from '../../domain/refunds/refund-state.ts'
import { moveRefund } from './move-refund.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}

const AT_ONCE = 200
const LOOK_AGAIN_SECONDS = 300

/** Gets its question again, or ends: a refund nobody approved in time gives its amount free. */
async function lookAt(deps: Deps, found: RefundRow, jobId: string): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		const payment = await lockPayment(tx, { merchantId: found.merchant_id, id: found.payment_id })
		const refund = await lockRefund(tx, found.id)
		const now = deps.clock.now()
		if (!refund || !payment || isOver(refund.status)) return
		if (refund.next_check_at === null || refund.next_check_at > now) return
		if (refund.pending_reason === 'awaiting_approval') {
			const cause = { kind: 'janitor', ref: jobId } as const
			const patch = { failure_reason: 'approval_expired' }
			await moveRefund(tx, { refund, payment, to: 'canceled', cause, patch })
			return
		}
		const next_check_at = new Date(now.getTime() + LOOK_AGAIN_SECONDS * 1000)
		await patchRefund(tx, refund.id, { next_check_at })
		await deps.enqueue(tx, sendRefund, [{ refundId: refund.id, check: refund.checks }])
	})
}

/** Refunds whose worker died, whose job was lost, or who wait for the daily question. Each is its own commit. */
export async function watchRefunds(deps: Deps, jobId: string): Promise<number> {
	const overdue = await overdueRefunds(deps.db, AT_ONCE)
	for (const refund of overdue) await lookAt(deps, refund, jobId)
	deps.committed([sendRefund.name])
	return overdue.length
}
