import type { Kysely } from 'kysely'
import { expirePayments as expire } from '#app/commands/payments/expire-payments.server.ts'
import type { DB } from '#db/schema.ts'
import { expirePayments } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { handles } from './handles.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

/** Safe to run twice: what has been ended is no longer overdue. */
export default handles(expirePayments, async (deps: Deps, _payload, fetched) => {
	await expire(deps, fetched.job.id)
	return 'done'
})
