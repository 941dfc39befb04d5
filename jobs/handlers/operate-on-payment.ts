import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import { refuseOperation } from '#app/commands/payments/refuse-operation.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import { causeFromText } from '#app/domain/payments/cause.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import type { GatewayOutcome } from '#app/domain/payments/ports.ts'
import { latestAttempt, type AttemptRow } from '#db/queries/attempts.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { operateOnPayment } from '#jobs/catalog/payments.ts'
import type { CompleteJobs } from '#jobs/enqueue.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	gateways: Gateways
	settleLane: BatchLane<Settlement, Settled>
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
}

/** An operation is over when the charge has ended; anything else is tried again, and put before a person at last. */
const ENDS: ReadonlySet<GatewayOutcome['kind']> = new Set(['captured', 'canceled', 'declined'])

type Operated = {
	outcome: GatewayOutcome
	/** The gateway's words when it said no to the operation itself. */
	refusal: string | null
}

async function operate(
	{ gateways }: Deps,
	payment: PaymentRow,
	attempt: AttemptRow & { provider_ref: string },
): Promise<Operated> {
	const gateway = gateways.of(attempt.provider).payments
	const call = { attemptId: attempt.id, ref: attempt.provider_ref }
	const asked =
		payment.requested_operation === 'capture'
			? await gateway.capture({
					...call,
					amountMinor: payment.requested_minor ?? payment.amount_minor,
					currency: payment.currency,
				})
			: await gateway.cancel(call)
	if (asked.kind !== 'declined' && asked.kind !== 'unknown') return { outcome: asked, refusal: null }
	// A refused or unanswered operation says little about the charge itself: what the gateway has now decides.
	const outcome = (await gateway.findOutcome({ ...call, startedAt: attempt.started_at })) ?? asked
	return { outcome, refusal: asked.kind === 'declined' ? asked.message : null }
}

/** Safe to run twice: the key of the call is made from the attempt, and a finished operation is no longer requested. */
export default handles(
	operateOnPayment,
	async (deps: Deps, { paymentId }, fetched) => {
		const payment = await findPaymentForJob(deps.db, paymentId)
		const attempt = await latestAttempt(deps.db, paymentId)
		if (!payment?.requested_operation || !attempt?.provider_ref) return 'done'
		const { outcome, refusal } = await operate(deps, payment, {
			...attempt,
			provider_ref: attempt.provider_ref,
		})
		if (refusal !== null && !ENDS.has(outcome.kind)) {
			const { merchant_id: merchantId } = payment
			await refuseOperation(deps, { merchantId, paymentId, reason: refusal, job: fetched })
			return 'completed'
		}
		if (!ENDS.has(outcome.kind)) {
			throw new Error(`${paymentId}: ${payment.requested_operation} left the charge ${outcome.kind}`)
		}
		await deps.settleLane.push({
			attemptId: attempt.id,
			outcome,
			cause: causeFromText(payment.requested_by ?? 'job'),
			job: fetched,
		})
		return 'completed'
	},
	{ of: 'paymentId' },
)
