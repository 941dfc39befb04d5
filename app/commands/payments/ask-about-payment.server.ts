import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { claimQuestion } from '#db/queries/attempts.ts'
import type { DB } from '#db/schema.ts'
import { checkAttempt } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentState } from '../../domain/payments/payment-state.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

/** However many look at a payment, the gateway is asked about it this often at most. */
const ONCE_IN_SECONDS = 5

/** Somebody looks at a payment whose outcome is open: the gateway is asked now, not when the schedule says so. */
export async function askAboutPayment(
	deps: Deps,
	payment: { id: string; status: PaymentState },
): Promise<void> {
	if (payment.status !== 'processing' && payment.status !== 'requires_action') return
	const isAsked = await inTransaction(deps.db, async (tx) => {
		const attemptId = await claimQuestion(tx, payment.id, ONCE_IN_SECONDS)
		if (attemptId === null) return false
		await deps.enqueue(tx, checkAttempt, [{ attemptId, asked: 'reader' }])
		return true
	})
	if (isAsked) deps.committed([checkAttempt.name])
}
