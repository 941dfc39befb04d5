import { fromKysely, type Job, type JobInsert, type PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { Tx } from '#db/client.ts'
import type { AnyJob } from './catalog/define.ts'

export type EnqueueOptions = { startAfterSeconds?: number }

/** Puts jobs into the transaction of the change that asks for them: both commit, or neither. */
export type Enqueue = <J extends AnyJob>(
	tx: Tx,
	job: J,
	payloads: readonly z.input<J['payload']>[],
	options?: EnqueueOptions,
) => Promise<void>

export const createEnqueue =
	(boss: PgBoss): Enqueue =>
	async (tx, job, payloads, { startAfterSeconds } = {}) => {
		if (payloads.length === 0) return
		const inserts = payloads.map((payload): JobInsert => ({
			data: job.payload.parse(payload) as object,
			...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
		}))
		const ids = await boss.insert(job.name, inserts, { db: fromKysely(tx), returnId: true })
		if (ids?.length !== payloads.length) throw new Error(`${job.name}: the queue did not take every job`)
	}

/** A job that was fetched and is now done, as part of a transaction. */
export type FetchedJob = { queue: string; job: Job }
export type CompleteJobs = (tx: Tx, jobs: readonly FetchedJob[]) => Promise<void>

/**
 * Completes fetched jobs in the transaction that holds their effects, so that the effects happen exactly once.
 * The whole job object is passed on: a bare id could complete another worker's attempt.
 */
export const createCompleteJobs =
	(boss: PgBoss): CompleteJobs =>
	async (tx, jobs) => {
		const byQueue = Map.groupBy(jobs, (fetched) => fetched.queue)
		for (const [queue, fetched] of byQueue) {
			await boss.complete(
				queue,
				fetched.map(({ job }) => job),
				null,
				{ db: fromKysely(tx) },
			)
		}
	}
