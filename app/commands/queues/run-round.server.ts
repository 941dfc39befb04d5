import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

/** Queues a round now, besides its regular times. */
export async function runRound(
	{ db, enqueue, committed }: Deps,
	{ merchantId, queue, actor }: { merchantId: string; queue: string; actor: Cause },
): Promise<void> {
	const job = JOBS.find(({ name }) => name === queue)
	if (!job?.round) throw new DomainError('not_found', 'round_not_found', `${queue} has no regular times.`)
	const { payload } = job.round
	await inTransaction(db, async (tx) => {
		await enqueue(tx, job, [payload])
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'queue.round_started',
				subject_id: queue,
				payload: { queue },
			},
		])
	})
	committed([queue])
}
