import type { Kysely } from 'kysely'
import { latestAttempt } from '#db/queries/attempts.ts'
import { findCheckoutSession, paymentOfSession } from '#db/queries/checkout-sessions.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import type { Payment } from '../../contracts/payments.ts'
import type { CardGateway } from '../../domain/payments/ports.ts'
import type { BatchLane } from '../batch-lane.server.ts'
import type { Settled, Settlement } from '../payments/settle-outcomes.server.ts'
import { sessionNotFound } from './confirm-checkout.server.ts'

type Deps = { db: Kysely<DB>; gateway: CardGateway; settleLane: BatchLane<Settlement, Settled> }

/** Asks the gateway now what became of a challenge, instead of waiting for its message. */
export async function refreshCheckout(
	deps: Deps,
	{ sessionId }: { sessionId: string },
): Promise<Payment | null> {
	if (!(await findCheckoutSession(deps.db, sessionId))) throw sessionNotFound()
	const payment = await paymentOfSession(deps.db, sessionId)
	if (!payment) return null
	const attempt = payment.status === 'requires_action' ? await latestAttempt(deps.db, payment.id) : undefined
	if (!attempt?.provider_ref) return toPayment(payment)
	const outcome = await deps.gateway.findOutcome({
		attemptId: attempt.id,
		ref: attempt.provider_ref,
		startedAt: attempt.started_at,
	})
	if (outcome) {
		const cause = { kind: 'checkout', ref: sessionId } as const
		await deps.settleLane.push({ attemptId: attempt.id, outcome, cause, job: null })
	}
	const row = await paymentOfSession(deps.db, sessionId)
	return row ? toPayment(row) : null
}
