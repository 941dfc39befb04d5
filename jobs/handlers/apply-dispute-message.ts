import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import { settleDispute, type SettleDisputeDeps } from '#app/commands/disputes/settle-dispute.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { DisputeGateway, DisputeObservation } from '#app/domain/disputes/ports.ts'
import type { Cause } from '#app/domain/payments/cause.ts'
import type { CardGateway } from '#app/domain/payments/ports.ts'
import { findAttempt, findAttemptByRef, type AttemptRow } from '#db/queries/attempts.ts'
import type { DB } from '#db/schema.ts'

export type DisputeNewsDeps = SettleDisputeDeps & {
	db: Kysely<DB>
	gateway: CardGateway
	disputeGateway: DisputeGateway
	settleLane: BatchLane<Settlement, Settled>
}

const PROVIDER = 'stripe'

const attemptOf = async ({ db }: DisputeNewsDeps, { paymentRef, attemptId }: DisputeObservation) =>
	(paymentRef ? await findAttemptByRef(db, PROVIDER, paymentRef) : undefined) ??
	(attemptId ? await findAttempt(db, attemptId) : undefined)

/** A case may be heard of before the answer of the charge it is about: then the charge is settled first. */
async function settleCharge(
	deps: DisputeNewsDeps,
	attempt: AttemptRow,
	seen: DisputeObservation,
	cause: Cause,
): Promise<void> {
	if (attempt.status === 'succeeded') return
	const { id: attemptId, started_at: startedAt } = attempt
	const ref = attempt.provider_ref ?? seen.paymentRef
	const outcome = await deps.gateway.findOutcome({ attemptId, ref, startedAt })
	if (outcome) await deps.settleLane.push({ attemptId, outcome, cause, job: null })
}

async function applySeen(deps: DisputeNewsDeps, seen: DisputeObservation, cause: Cause): Promise<string> {
	const attempt = await attemptOf(deps, seen)
	if (!attempt) return 'no payment of ours'
	await settleCharge(deps, attempt, seen, cause)
	const row = await settleDispute(deps, {
		provider: PROVIDER,
		merchantId: attempt.merchant_id,
		paymentId: attempt.payment_id,
		seen,
		cause,
		job: null,
		refusal: null,
	})
	return `dispute ${row?.status ?? 'missing'}`
}

/** A message only says which case to look at: the gateway is asked for it. */
export async function applyToDispute(deps: DisputeNewsDeps, ref: string, cause: Cause): Promise<string> {
	const seen = await deps.disputeGateway.findDispute(ref)
	return seen ? applySeen(deps, seen, cause) : 'not known to the gateway'
}
