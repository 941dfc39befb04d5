import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertEvents, type NewEvent } from '#db/queries/events.ts'
import { claimKeys, type NewKey } from '#db/queries/idempotency.ts'
import { insertPayments, type NewPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'

export type Acceptance = { key: NewKey | null; row: NewPayment; event: NewEvent }
export type Accepted = { won: boolean }

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

/**
 * Writes the payments of one moment in one commit: key, payment, event and job of each. A payment whose key is
 * taken is left out (`won: false`) without touching the others.
 */
export async function acceptPayments(deps: Deps, items: readonly Acceptance[]): Promise<Accepted[]> {
	const results = await inTransaction(deps.db, async (tx) => {
		const claimed = await claimKeys(
			tx,
			items.flatMap((item) => item.key ?? []),
		)
		const accepted = items.map((item) => ({ won: item.key === null || claimed.has(item.row.id) }))
		const winners = items.filter((_, index) => accepted[index]?.won)
		if (winners.length > 0) {
			await insertPayments(
				tx,
				winners.map((item) => item.row),
			)
			await insertEvents(
				tx,
				winners.map((item) => item.event),
			)
			const confirmed = winners.filter((item) => item.row.status === 'screening')
			await deps.enqueue(
				tx,
				processPayment,
				confirmed.map((item) => ({ paymentId: item.row.id as PaymentId })),
			)
		}
		return accepted
	})
	deps.committed([processPayment.name])
	return results
}
