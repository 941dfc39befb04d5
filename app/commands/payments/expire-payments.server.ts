import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { latestAttempt } from '#db/queries/attempts.ts'
import { forgetOldKeys } from '#db/queries/idempotency.ts'
import { overduePayments, postponeLook, type WaitingPayment } from '#db/queries/waiting-payments.ts'
import type { DB } from '#db/schema.ts'
import { checkAttempt, operateOnPayment, processPayment } from '#jobs/catalog/payments.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import { HOUSE_GRANT } from '../../domain/access/grant.ts'
import { isDomainError } from '../../domain/errors/domain-error.ts'
import { CANCEL, requestOperation, type OperationSteps } from './request-operation.server.ts'

export type ExpireDeps = OperationSteps & { db: Kysely<DB>; committed: (queues: readonly string[]) => void }

const AT_ONCE = 200
const LOOK_AGAIN_SECONDS = 300

/** Its job may be lost, or the question about its charge. Both are safe to ask for twice. */
async function moveOn(tx: Tx, { enqueue }: ExpireDeps, payment: WaitingPayment): Promise<void> {
	const attempt = payment.status === 'processing' ? await latestAttempt(tx, payment.id) : undefined
	if (attempt?.status === 'unknown')
		await enqueue(tx, checkAttempt, [{ attemptId: attempt.id, asked: 'reader' }])
	else await enqueue(tx, processPayment, [{ paymentId: payment.id as PaymentId }])
}

/** A waiting payment is ended and its hold released; one that should be moving gets its job again. */
async function lookAt(deps: ExpireDeps, payment: WaitingPayment, jobId: string): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		await postponeLook(tx, payment.id, LOOK_AGAIN_SECONDS)
		if (payment.status === 'screening' || payment.status === 'processing') return moveOn(tx, deps, payment)
		const actor = { kind: 'janitor', ref: jobId } as const
		await requestOperation(
			tx,
			deps,
			{ merchantId: payment.merchant_id, paymentId: payment.id, actor, grant: HOUSE_GRANT },
			{ ...CANCEL, amountMinor: null },
		)
	})
}

/** Ends what waited too long: 24 h unpaid or unauthenticated, 7 days authorized. Each payment is its own commit. */
export async function expirePayments(deps: ExpireDeps, jobId: string): Promise<number> {
	const overdue = await overduePayments(deps.db, AT_ONCE)
	for (const payment of overdue) {
		try {
			await lookAt(deps, payment, jobId)
		} catch (error) {
			if (!isDomainError(error)) throw error
			// Something else is on its way to the gateway: its turn comes later, and the others are not held up.
			await postponeLook(deps.db, payment.id, LOOK_AGAIN_SECONDS)
		}
	}
	await forgetOldKeys(deps.db)
	deps.committed([operateOnPayment.name, processPayment.name, checkAttempt.name])
	return overdue.length
}
