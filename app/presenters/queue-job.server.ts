import type { Kysely } from 'kysely'
import { findJob, paymentBehind, type QueueJobRow } from '#db/queries/queue-jobs.ts'
import type { DB } from '#db/schema.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import type { JobView } from '../contracts/queues.ts'
import { jobWords } from '../domain/attention/job-words.ts'
import { actionsOn } from '../domain/queues/job-state.ts'
import { subjectOf } from '../domain/queues/job-subject.ts'

const indented = (value: unknown): string => JSON.stringify(value ?? {}, null, 2)

export function toJobView(row: QueueJobRow, payment: string | null = null): JobView {
	return {
		id: row.id,
		queue: row.queue,
		words: jobWords(row.queue),
		state: row.state,
		payload: indented(row.payload),
		output: row.output === null ? null : indented(row.output),
		tries: row.retry_count + (row.started_on === null ? 0 : 1),
		mostTries: row.retry_limit + 1,
		createdAt: row.created_on.getTime(),
		dueAt: row.start_after.getTime(),
		startedAt: row.started_on?.getTime() ?? null,
		endedAt: row.completed_on?.getTime() ?? null,
		subject: subjectOf(row.payload),
		payment,
		can: actionsOn(row.state),
	}
}

/** One job with the payment it is about, when this merchant has it; null when the queues do not know it. */
export async function presentJob(
	{ db }: { db: Kysely<DB> },
	{ merchantId, jobId }: { merchantId: string; jobId: string },
): Promise<JobView | null> {
	const row = await findJob(db, { queues: JOBS.map(({ name }) => name), id: jobId })
	if (!row) return null
	const subject = subjectOf(row.payload)
	return toJobView(row, subject && (await paymentBehind(db, { merchantId, id: subject.id })))
}
