import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { insertEvents } from '#db/queries/events.ts'
import { claimKeys, type NewKey } from '#db/queries/idempotency.ts'
import { dropUnusedPayers } from '#db/queries/payers.ts'
import { insertPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import { NOBODY, type PayerColumns } from '../../vault/keep-payers.server.ts'
import type { NamedPayer, Payers } from '../../vault/payers.server.ts'
import { newPayment, type PaymentDraft } from './new-payment.server.ts'

export type Acceptance = {
	/** `answersAtOnce`: with the payment as it is now, rather than once its outcome is known. */
	key: (Omit<NewKey, 'resourceId' | 'answer'> & { answersAtOnce: boolean }) | null
	draft: Omit<PaymentDraft, keyof PayerColumns>
	payer: NamedPayer
}
export type Accepted = { won: boolean; payment: KeptPayment }

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
	payers: Payers
}

export const CREATED = 201

/** The payments with their payers sealed; of a lone key, the answer that is kept with it. */
async function prepare(tx: Tx, { payers, clock }: Deps, items: readonly Acceptance[]) {
	const kept = await payers.keep(
		tx,
		items.map((item) => item.payer),
	)
	return items.map(({ draft, key }, index) => {
		const made = newPayment({ ...draft, ...(kept[index] ?? NOBODY) }, clock.now())
		if (!key) return { ...made, key }
		const { answersAtOnce, ...scope } = key
		const answer = answersAtOnce ? { status: CREATED, body: JSON.stringify(made.payment) } : null
		return { ...made, key: { ...scope, resourceId: made.row.id, answer } }
	})
}

/**
 * Writes the payments of one moment in one commit: payer, key, payment, event and job of each. A payment whose key is
 * taken is left out (`won: false`) without touching the others.
 */
export async function acceptPayments(deps: Deps, items: readonly Acceptance[]): Promise<Accepted[]> {
	const results = await inTransaction(deps.db, async (tx) => {
		const prepared = await prepare(tx, deps, items)
		const claimed = await claimKeys(
			tx,
			prepared.flatMap((item) => item.key ?? []),
		)
		const accepted = prepared.map(({ key, row, payment }) => ({
			won: key === null || claimed.has(row.id),
			payment,
		}))
		const winners = prepared.filter((_, index) => accepted[index]?.won)
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
		const losers = prepared.flatMap(({ row }, index) => (accepted[index]?.won ? [] : (row.payer_id ?? [])))
		if (losers.length > 0) await dropUnusedPayers(tx, losers)
		return accepted
	})
	deps.committed([processPayment.name])
	return results
}
