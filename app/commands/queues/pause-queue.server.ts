import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertPause } from '#db/queries/queue-pauses.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { QUEUE_NAMES } from './retry-job.server.ts'

export function knownQueue(name: string): string {
	if (QUEUE_NAMES.includes(name)) return name
	throw new DomainError('not_found', 'queue_not_found', `No such queue: ${name}`)
}

/**
 * No worker fetches from the queue until it is resumed: at most a second later everywhere. What is in hand is carried
 * through, and new jobs pile up. Pausing twice changes nothing.
 */
export async function pauseQueue(
	{ db }: { db: Kysely<DB> },
	{
		merchantId,
		queue: asked,
		actor,
		reason,
	}: { merchantId: string; queue: string; actor: Cause; reason: string },
): Promise<void> {
	const queue = knownQueue(asked)
	const by = causeText(actor)
	await inTransaction(db, async (tx) => {
		if (!(await insertPause(tx, { queue, by, reason }))) return
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'queue.paused',
				subject_id: queue,
				payload: { queue },
				reason,
			},
		])
	})
}
