import { fromKysely, type PgBoss } from 'pg-boss'
import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { markAlive } from '#db/queries/dead-letters.ts'
import { lockJob, type QueueJobRow } from '#db/queries/queue-jobs.ts'
import type { DB } from '#db/schema.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { actionsOn, isWaiting, type JobAction } from '../../domain/queues/job-state.ts'
import { subjectOf } from '../../domain/queues/job-subject.ts'

export type QueueDeps = { db: Kysely<DB>; boss: PgBoss; committed: (queues: readonly string[]) => void }

export type JobInput = { merchantId: string; jobId: string; actor: Cause }

export const QUEUE_NAMES: readonly string[] = JOBS.map(({ name }) => name)

export const jobNotFound = (id: string) => new DomainError('not_found', 'job_not_found', `No such job: ${id}`)

const STATE_WORDS = {
	created: 'is waiting',
	retry: 'is waiting for its next try',
	active: 'is running',
	completed: 'is done',
	cancelled: 'was canceled',
	failed: 'failed',
} as const

/** Locks the job, and refuses what its state does not allow: lock, then judge. */
export async function takeJob(tx: Tx, jobId: string, action: JobAction): Promise<QueueJobRow> {
	const job = await lockJob(tx, { queues: QUEUE_NAMES, id: jobId })
	if (!job) throw jobNotFound(jobId)
	if (actionsOn(job.state).includes(action)) return job
	const message = `Nothing was changed: this job ${STATE_WORDS[job.state]}.`
	throw new DomainError('conflict', 'job_state', message)
}

function readPayload(queue: string, payload: unknown): object {
	const parsed = JOBS.find(({ name }) => name === queue)?.payload.safeParse(payload)
	if (parsed?.success) return parsed.data as object
	const issue = parsed?.error.issues[0]
	const where = issue && issue.path.length > 0 ? `payload.${issue.path.join('.')}` : 'payload'
	const message = `${where}: ${issue?.message ?? 'cannot be read'}. The job was left as it is.`
	throw new DomainError('invalid', 'payload_invalid', message, { param: where })
}

/** Back into its queue, due now and with one more try. */
async function putBack(tx: Tx, boss: PgBoss, { queue, id, state }: QueueJobRow): Promise<void> {
	const db = fromKysely(tx)
	if (state === 'failed') await boss.retry(queue, id, { db })
	else if (state === 'cancelled') await boss.resume(queue, id, { db })
}

const asText = (value: unknown): string => JSON.stringify(value ?? null)

/**
 * Puts a job that failed or was canceled back into its queue, with another payload if one is given; a waiting one may
 * be given another payload too. Refuses jobs that run or are done.
 */
export async function retryJob(
	{ db, boss, committed }: QueueDeps,
	{ merchantId, jobId, actor, payload }: JobInput & { payload?: unknown },
): Promise<{ queue: string }> {
	const isEdited = payload !== undefined
	const queue = await inTransaction(db, async (tx) => {
		const job = await takeJob(tx, jobId, isEdited ? 'edit' : 'retry')
		const next = isEdited ? readPayload(job.queue, payload) : (job.payload as object)
		await putBack(tx, boss, job)
		if (isEdited) await boss.update(job.queue, next, { id: jobId, startAfter: 0, db: fromKysely(tx) })
		const subject = subjectOf(next)
		if (job.queue === applyWebhook.name && subject) await markAlive(tx, subject.id)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: isEdited && isWaiting(job.state) ? 'job.changed' : 'job.retried',
				subject_id: subject?.id ?? jobId,
				payload: { job: jobId, queue: job.queue },
				...(isEdited && {
					before: { payload: asText(job.payload) },
					after: { payload: asText(next) },
				}),
			},
		])
		return job.queue
	})
	committed([queue])
	return { queue }
}
