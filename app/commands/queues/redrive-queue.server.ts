import { fromKysely } from 'pg-boss'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { markAlive } from '#db/queries/dead-letters.ts'
import { lockFailedJobs } from '#db/queries/queue-jobs.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { subjectOf } from '../../domain/queues/job-subject.ts'
import { knownQueue } from './pause-queue.server.ts'
import type { QueueDeps } from './retry-job.server.ts'

/** One commit holds this many; what is left over is put back by asking again. */
export const MOST_REDRIVEN = 500

/** Puts the oldest failed jobs of a queue back into it, and says how many. */
export async function redriveQueue(
	{ db, boss, committed }: QueueDeps,
	{ merchantId, queue: asked, actor }: { merchantId: string; queue: string; actor: Cause },
): Promise<{ count: number }> {
	const queue = knownQueue(asked)
	const count = await inTransaction(db, async (tx) => {
		const jobs = await lockFailedJobs(tx, queue, MOST_REDRIVEN)
		if (jobs.length === 0) return 0
		await boss.retry(
			queue,
			jobs.map(({ id }) => id),
			{ db: fromKysely(tx) },
		)
		if (queue === applyWebhook.name) {
			for (const { payload } of jobs) {
				const subject = subjectOf(payload)
				if (subject) await markAlive(tx, subject.id)
			}
		}
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'queue.redriven',
				subject_id: queue,
				payload: { jobs: jobs.length, first: jobs[0]?.id ?? null, last: jobs.at(-1)?.id ?? null },
			},
		])
		return jobs.length
	})
	committed([queue])
	return { count }
}
