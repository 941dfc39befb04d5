import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { deletePause } from '#db/queries/queue-pauses.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { knownQueue } from './pause-queue.server.ts'
import type { QueueDeps } from './retry-job.server.ts'

/** Lets workers fetch from the queue again. Changes nothing when it was not stopped. */
export async function resumeQueue(
	{ db, committed }: QueueDeps,
	{ merchantId, queue: asked, actor }: { merchantId: string; queue: string; actor: Cause },
): Promise<void> {
	const queue = knownQueue(asked)
	const wasStopped = await inTransaction(db, async (tx) => {
		const pause = await deletePause(tx, queue)
		if (!pause) return false
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'queue.resumed',
				subject_id: queue,
				payload: { queue, paused_by: pause.paused_by, paused_at: pause.paused_at.toISOString() },
			},
		])
		return true
	})
	if (wasStopped) committed([queue])
}
