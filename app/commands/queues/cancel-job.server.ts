import { fromKysely } from 'pg-boss'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { causeText } from '../../domain/payments/cause.ts'
import { subjectOf } from '../../domain/queues/job-subject.ts'
import { takeJob, type JobInput, type QueueDeps } from './retry-job.server.ts'

/** Takes a waiting job out of its queue. It stays on record and can be tried again. Refuses jobs that run or have ended. */
export async function cancelJob(
	{ db, boss }: QueueDeps,
	{ merchantId, jobId, actor, reason }: JobInput & { reason: string },
): Promise<{ queue: string }> {
	return inTransaction(db, async (tx) => {
		const { queue, payload } = await takeJob(tx, jobId, 'cancel')
		await boss.cancel(queue, jobId, { db: fromKysely(tx) })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'job.canceled',
				subject_id: subjectOf(payload)?.id ?? jobId,
				payload: { job: jobId, queue },
				reason,
			},
		])
		return { queue }
	})
}
