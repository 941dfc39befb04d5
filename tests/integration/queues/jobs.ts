import { sql } from 'kysely'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { findJob, type QueueJobRow } from '#db/queries/queue-jobs.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import type { House } from '#tests/support/house.ts'

/** A job put into its queue, as a person finds it: by its id. */
export async function queuedJob({ services }: House, { name }: AnyJob, payload: object): Promise<string> {
	const id = await services.boss.send(name, payload)
	if (id === null) throw new Error(`${name} did not take the job`)
	return id
}

/** A job whose every try failed, without its letter to the dead. */
export async function failedJob(house: House, job: AnyJob, payload: object): Promise<string> {
	const id = await queuedJob(house, job, payload)
	await sql`
		update pgboss.job set state = 'failed', started_on = now(), completed_on = now(), retry_count = retry_limit,
			output = '{"message": "the gateway said no"}'
		where name = ${job.name} and id = ${id}::uuid`.execute(house.owner)
	return id
}

export async function jobOf({ services }: House, id: string): Promise<QueueJobRow> {
	const row = await findJob(services.db, { queues: JOBS.map(({ name }) => name), id })
	if (!row) throw new Error(`no job ${id}`)
	return row
}
