import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import type { DB } from '#db/schema.ts'
import { operateOnPayment } from '#jobs/catalog/payments.ts'
import type { CompleteJobs, FetchedJob } from '#jobs/enqueue.ts'
import { giveUpOperation } from './give-up-operation.server.ts'

type Deps = { db: Kysely<DB>; completeJobs: CompleteJobs; committed: (queues: readonly string[]) => void }

type Input = {
	merchantId: string
	paymentId: string
	/** The gateway's own words. */
	reason: string
	job: FetchedJob
}

const DOING = { capture: 'capture', cancel: 'cancel', reject: 'release' } as const

/** The gateway said no to a capture or cancel for good: the payment stays as it is, and a person learns why. */
export async function refuseOperation(
	deps: Deps,
	{ merchantId, paymentId, reason, job }: Input,
): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		const asked = await giveUpOperation(tx, paymentId, { kind: 'job', ref: job.job.id }, reason)
		if (asked?.operation) {
			await openAttention(tx, [
				{
					merchant_id: merchantId,
					kind: 'operation_refused',
					subject_id: paymentId,
					detail: `The gateway refused to ${DOING[asked.operation]} this payment.`,
					reason,
					job: { queue: operateOnPayment.name, payload: { paymentId }, ...asked },
				},
			])
		}
		await deps.completeJobs(tx, [job])
	})
	deps.committed([])
}
