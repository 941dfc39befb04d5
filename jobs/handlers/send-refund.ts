import type { Kysely } from 'kysely'
import { settleRefund } from '#app/commands/refunds/settle-refund.server.ts'
import type { CardGateway } from '#app/domain/payments/ports.ts'
import { causeFromText } from '#app/domain/payments/cause.ts'
import { listAttempts } from '#db/queries/attempts.ts'
import { findRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { CompleteJobs, Enqueue } from '#jobs/enqueue.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
	gateway: CardGateway
}

/** Safe to run twice: the refund's id is the key of the call, and a refund the gateway named is only looked up. */
export default handles(sendRefund, async (deps: Deps, { refundId }, fetched) => {
	const refund = await findRefund(deps.db, refundId)
	if (!refund || (refund.status !== 'pending' && refund.status !== 'requires_action')) return 'done'
	const charged = (await listAttempts(deps.db, refund.payment_id)).find(
		(attempt) => attempt.status === 'succeeded',
	)
	if (!charged?.provider_ref) throw new Error(`${refundId}: its payment has no successful attempt`)
	const outcome =
		(refund.provider_ref ? await deps.gateway.findRefund(refund.provider_ref) : null) ??
		(await deps.gateway.refund({
			refundId,
			paymentRef: charged.provider_ref,
			amountMinor: refund.amount_minor,
			reason: refund.reason,
		}))
	const cause =
		refund.checks === 0
			? causeFromText(refund.requested_by)
			: ({ kind: 'janitor', ref: fetched.job.id } as const)
	await settleRefund(deps, { refundId, outcome, cause, job: fetched })
	return 'completed'
})
