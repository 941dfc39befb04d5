import type { Kysely } from 'kysely'
import { watchDisputes as watch } from '#app/commands/disputes/watch-disputes.server.ts'
import type { DB } from '#db/schema.ts'
import { watchDisputes } from '#jobs/catalog/disputes.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}

/** Safe to run twice: each alert is sent once, and a case that was asked about is not due again. */
export default handles(watchDisputes, async (deps: Deps) => {
	await watch(deps)
	return 'done'
})
