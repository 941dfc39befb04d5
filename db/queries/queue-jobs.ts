import { sql } from 'kysely'
import type { JobState } from '../../app/domain/queues/job-state.ts'
import type { Executor, Tx } from '../client.ts'

/** A job as the queue keeps it (pg-boss, table pgboss.job). */
export type QueueJobRow = {
	id: string
	queue: string
	state: JobState
	payload: unknown
	output: unknown
	retry_count: number
	retry_limit: number
	created_on: Date
	start_after: Date
	started_on: Date | null
	completed_on: Date | null
	expire_seconds: number
}

const SHOWN = sql`id::text, name as queue, state::text as state, data as payload, output, retry_count, retry_limit,
	created_on, start_after, started_on, completed_on, expire_seconds`

export type JobSearch = {
	queue: string
	/** Null: whatever its state. */
	state: JobState | null
	limit: number
	startingAfter?: string | undefined
	endingBefore?: string | undefined
}

/**
 * Newest first, by the index (name, created_on). `hasMore` says whether the list goes on in the direction it was read.
 * A place that has been deleted meanwhile is before everything, so the list starts anew.
 */
export async function searchJobs(
	db: Executor,
	{ queue, state, limit, startingAfter, endingBefore }: JobSearch,
): Promise<{ rows: QueueJobRow[]; hasMore: boolean }> {
	const backwards = endingBefore !== undefined
	const place = endingBefore ?? startingAfter ?? null
	const { rows } = await sql<QueueJobRow>`
		select ${SHOWN} from pgboss.job
		where name = ${queue}
			and (${state}::pgboss.job_state is null or state = ${state}::pgboss.job_state)
			${
				place === null
					? sql``
					: sql`and (created_on, id) ${backwards ? sql`>` : sql`<`}
						(select created_on, id from pgboss.job where name = ${queue} and id = ${place}::uuid)`
			}
		order by created_on ${backwards ? sql`asc` : sql`desc`}, id ${backwards ? sql`asc` : sql`desc`}
		limit ${limit + 1}`.execute(db)
	const page = rows.slice(0, limit)
	return { rows: backwards ? page.reverse() : page, hasMore: rows.length > limit }
}

/** Within these queues: the key of the table begins with the queue's name. */
export async function findJob(
	db: Executor,
	{ queues, id }: { queues: readonly string[]; id: string },
): Promise<QueueJobRow | undefined> {
	const { rows } = await sql<QueueJobRow>`
		select ${SHOWN} from pgboss.job where name = any(${queues}) and id = ${id}::uuid`.execute(db)
	return rows[0]
}

/** No worker takes it until the transaction ends. */
export async function lockJob(
	tx: Tx,
	{ queues, id }: { queues: readonly string[]; id: string },
): Promise<QueueJobRow | undefined> {
	const { rows } = await sql<QueueJobRow>`
		select ${SHOWN} from pgboss.job where name = any(${queues}) and id = ${id}::uuid for update`.execute(tx)
	return rows[0]
}

/** The oldest failed jobs of a queue, kept from others until the transaction ends. */
export async function lockFailedJobs(tx: Tx, queue: string, limit: number): Promise<QueueJobRow[]> {
	const { rows } = await sql<QueueJobRow>`
		select ${SHOWN} from pgboss.job where name = ${queue} and state = 'failed'
		order by created_on, id limit ${limit} for update skip locked`.execute(tx)
	return rows
}

/** How many jobs of the queue failed for good and are still kept, and the first of them. */
export async function previewFailedJobs(
	db: Executor,
	{ queue, shown }: { queue: string; shown: number },
): Promise<{ count: number; oldest: QueueJobRow[] }> {
	const { rows: counted } = await sql<{ count: number }>`
		select count(*)::int as count from pgboss.job where name = ${queue} and state = 'failed'`.execute(db)
	const { rows: oldest } = await sql<QueueJobRow>`
		select ${SHOWN} from pgboss.job where name = ${queue} and state = 'failed'
		order by created_on, id limit ${shown}`.execute(db)
	return { count: counted[0]?.count ?? 0, oldest }
}

/** The payment behind what a job is about; null when it has none or it belongs to another merchant. */
export async function paymentBehind(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<string | null> {
	const { rows } = await sql<{ payment_id: string }>`
		select id as payment_id from payments where merchant_id = ${merchantId} and id = ${id}
		union all select payment_id from payment_attempts where merchant_id = ${merchantId} and id = ${id}
		union all select payment_id from refunds where merchant_id = ${merchantId} and id = ${id}
		union all select payment_id from disputes where merchant_id = ${merchantId} and id = ${id}
		union all select a.payment_id from webhook_inbox w
			join payment_attempts a on a.provider = w.provider and a.merchant_id = ${merchantId}
				and a.provider_ref in (w.payload #>> '{data,object,id}', w.payload #>> '{data,object,payment_intent}')
			where w.id = ${id}
		limit 1`.execute(db)
	return rows[0]?.payment_id ?? null
}
