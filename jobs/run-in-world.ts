import type { Kysely } from 'kysely'
import type { FetchedJob } from '#jobs/enqueue.ts'
import { livemodeOf } from '#db/queries/worlds.ts'
import type { DB } from '#db/schema.ts'
import { HopelessJob } from './catalog/hopeless-job.ts'
import type { Handler } from './handlers/handles.ts'

export type Worlds<Services> = {
	acrossMerchants: Services & { db: Kysely<DB> }
	inWorld(livemode: boolean): Services
}

const fieldOf = (payload: unknown, field: string): string | undefined => {
	if (typeof payload !== 'object' || payload === null) return undefined
	const value: unknown = Object.entries(payload).find(([name]) => name === field)?.[1]
	return typeof value === 'string' ? value : undefined
}

/** Trouble in one world holds up nothing in the other. */
async function runInEach<Services>(run: (services: Services) => Promise<unknown>, worlds: Worlds<Services>) {
	const both = await Promise.allSettled([false, true].map((livemode) => run(worlds.inWorld(livemode))))
	const failures = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
	const hopeless = failures.find((failure) => failure instanceof HopelessJob)
	if (hopeless) throw hopeless
	if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures)
	return 'done' as const
}

/** Runs a job with the gateways of the world it is about: a live charge must never be asked about with test keys. */
export async function runInWorld<Services>(
	{ world, run: handle }: Handler<Services>,
	worlds: Worlds<Services>,
	fetched: FetchedJob,
): Promise<'completed' | 'done'> {
	const { data } = fetched.job
	const run = (services: Services) => handle(services, data, fetched)
	if (world === 'any') return run(worlds.acrossMerchants)
	if (world === 'each') return runInEach(run, worlds)
	const subject = fieldOf(data, world.of)
	if (subject === undefined && world.isRound) return runInEach(run, worlds)
	const livemode = subject === undefined ? false : await livemodeOf(worlds.acrossMerchants.db, subject)
	return run(worlds.inWorld(livemode ?? false))
}
