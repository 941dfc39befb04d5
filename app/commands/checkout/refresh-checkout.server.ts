import type { Kysely } from 'kysely'
import { latestAttempt } from '#db/queries/attempts.ts'
import { findCheckoutSession, paymentOfSession } from '#db/queries/checkout-sessions.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { BatchLane } from '../batch-lane.server.ts'
import { askAboutPayment } from '../payments/ask-about-payment.server.ts'
import type { Settled, Settlement } from '../payments/settle-outcomes.server.ts'
import { sessionNotFound } from './session-errors.server.ts'

type Deps = {
	db: Kysely<DB>
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
	gateways: Gateways
	settleLane: BatchLane<Settlement, Settled>
}

const isOpen = ({ status }: PaymentRow): boolean => status === 'requires_action' || status === 'processing'

/** Asks the gateway now what became of a challenge or of a charge without an answer, instead of waiting. */
export async function refreshCheckout(
	deps: Deps,
	{ sessionId }: { sessionId: string },
): Promise<KeptPayment | null> {
	if (!(await findCheckoutSession(deps.db, sessionId))) throw sessionNotFound()
	const payment = await paymentOfSession(deps.db, sessionId)
	if (!payment) return null
	const attempt = isOpen(payment) ? await latestAttempt(deps.db, payment.id) : undefined
	// A call that is still under way will have its answer; asking about it now would only find half of it.
	if (!attempt || attempt.status === 'sent') return toPayment(payment)
	// Without a reference the gateway's list must be searched: too much for every press of a button.
	if (!attempt.provider_ref) {
		await askAboutPayment(deps, payment)
		return toPayment(payment)
	}
	const outcome = await deps.gateways.of(attempt.provider).payments.findOutcome({
		attemptId: attempt.id,
		ref: attempt.provider_ref,
		startedAt: attempt.started_at,
	})
	if (outcome) {
		const cause = { kind: 'checkout', ref: sessionId } as const
		await deps.settleLane.push({ attemptId: attempt.id, outcome, cause, job: null, asked: 'reader' })
	}
	const row = await paymentOfSession(deps.db, sessionId)
	return row ? toPayment(row) : null
}
