import type { Kysely } from 'kysely'
import { watchRefunds as watch } from '#app/commands/refunds/watch-refunds.server.ts'
import type { DB } from '#db/schema.ts'
import { watchRefunds } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}

/** Safe to run twice: a refund that was looked at is no longer overdue. */
export default handles(watchRefunds, async (deps: Deps, _payload, fetched) => {
	await watch(deps, fetched.job.id)
	return 'done'
})
