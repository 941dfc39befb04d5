import type { Kysely } from 'kysely'
import type { FetchedJob } from '#jobs/enqueue.ts'
import { livemodeOf } from '#db/queries/worlds.ts'
import type { DB } from '#db/schema.ts'
import type { Handler } from './handlers/handles.ts'

export type Worlds<Services> = {
	acrossMerchants: Services & { db: Kysely<DB> }
	inWorld(livemode: boolean): Services
}

const fieldOf = (payload: unknown, field: string | null): string | undefined => {
	if (field === null || typeof payload !== 'object' || payload === null) return undefined
	const value: unknown = Object.entries(payload).find(([name]) => name === field)?.[1]
	return typeof value === 'string' ? value : undefined
}

/** Runs a job with the gateways of the world it is about: a live charge must never be asked about with test keys. */
export async function runInWorld<Services>(
	handler: Handler<Services>,
	worlds: Worlds<Services>,
	fetched: FetchedJob,
): Promise<'completed' | 'done'> {
	const { data } = fetched.job
	const run = (services: Services) => handler.run(services, data, fetched)
	if (handler.world === 'any') return run(worlds.acrossMerchants)
	const subject = fieldOf(data, handler.world.of)
	if (subject !== undefined) {
		const livemode = await livemodeOf(worlds.acrossMerchants.db, subject)
		return run(worlds.inWorld(livemode ?? false))
	}
	// Trouble in one world holds up nothing in the other.
	const both = await Promise.allSettled([false, true].map((livemode) => run(worlds.inWorld(livemode))))
	const failures = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
	if (failures.length > 1) throw new AggregateError(failures)
	if (failures.length === 1) throw failures[0]
	return 'done'
}
