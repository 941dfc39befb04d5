import type { Kysely } from 'kysely'
import type { Listing } from '#db/queries/reconciliation-differences.ts'
import type { DB } from '#db/schema.ts'
import type { CompleteJobs, Enqueue } from '#jobs/enqueue.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import type { Gateway } from '../../domain/gateways/ports.ts'
import type { BatchLane } from '../batch-lane.server.ts'
import type { Settled, Settlement } from '../payments/settle-outcomes.server.ts'

export type ReconciliationDeps = {
	db: Kysely<DB>
	/** Rows of the world whose books these are. */
	worldRows: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
	/** Whose books are compared. */
	gateway: Gateway
	settleLane: BatchLane<Settlement, Settled>
}

/** What one comparison works for: the run that lists its findings, and how its repairs are signed. */
export type Reconciling = { listing: Listing; cause: Cause }

/** What came of comparing some objects. */
export type Tally = { compared: number; healed: number; found: number }

export const NO_TALLY: Tally = { compared: 0, healed: 0, found: 0 }

export const addUp = (a: Tally, b: Tally): Tally => ({
	compared: a.compared + b.compared,
	healed: a.healed + b.healed,
	found: a.found + b.found,
})

/** Calls of the gateway at once: far below its rate limit. */
const AT_ONCE = 10

export async function aFewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = []
	for (let first = 0; first < items.length; first += AT_ONCE) {
		results.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(work))))
	}
	return results
}

/** Gathers what comes one by one into pages, so that memory stays flat however long the list is. */
export async function* inPages<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
	let page: T[] = []
	for await (const item of items) {
		page.push(item)
		if (page.length < size) continue
		yield page
		page = []
	}
	if (page.length > 0) yield page
}
