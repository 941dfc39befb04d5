import type { Kysely } from 'kysely'
import { latestAttempt } from '#db/queries/attempts.ts'
import { findCheckoutSession, paymentOfSession } from '#db/queries/checkout-sessions.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import { CANCELED_BY_PAYER } from '../../domain/declines/read-decline.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import type { BatchLane } from '../batch-lane.server.ts'
import type { Settled, Settlement } from '../payments/settle-outcomes.server.ts'
import { sessionNotFound } from './session-errors.server.ts'

type Deps = { db: Kysely<DB>; gateways: Gateways; settleLane: BatchLane<Settlement, Settled> }

/** What the payer did: they are free to pay another way. */
const calledOff = (payment: PaymentRow, ref: string): GatewayOutcome => ({
	kind: 'declined',
	ref,
	code: CANCELED_BY_PAYER,
	declineCode: null,
	message:
		payment.method_type === 'paypal'
			? 'You called it off at PayPal. Nothing was charged.'
			: 'You stopped before confirming. Nothing was charged.',
})

/**
 * Calls off a try that waits for its payer's yes, so that the order can be paid another way. Safe to repeat: a try that
 * is no longer waiting is left alone, and one that took money meanwhile is told as paid.
 */
export async function abandonTry(
	deps: Deps,
	{ sessionId }: { sessionId: string },
): Promise<KeptPayment | null> {
	if (!(await findCheckoutSession(deps.db, sessionId))) throw sessionNotFound()
	const payment = await paymentOfSession(deps.db, sessionId)
	if (!payment) return null
	const attempt = payment.status === 'requires_action' ? await latestAttempt(deps.db, payment.id) : undefined
	if (attempt?.status !== 'requires_action' || attempt.provider_ref === null) return toPayment(payment)

	const { payments } = deps.gateways.of(attempt.provider)
	const call = { attemptId: attempt.id, ref: attempt.provider_ref }
	const answer = await payments.cancel(call)
	// A refused or unanswered cancel says little: what the gateway has now decides.
	const outcome =
		answer.kind === 'canceled'
			? answer
			: await payments.findOutcome({ ...call, startedAt: attempt.started_at })
	if (outcome) {
		const cause = { kind: 'checkout', ref: sessionId } as const
		const settlement = { attemptId: attempt.id, cause, job: null, asked: 'reader' } as const
		await deps.settleLane.push(
			outcome.kind === 'canceled'
				? { ...settlement, outcome: calledOff(payment, call.ref), onlyFrom: 'requires_action' }
				: { ...settlement, outcome },
		)
	}
	const row = await paymentOfSession(deps.db, sessionId)
	return row ? toPayment(row) : null
}
