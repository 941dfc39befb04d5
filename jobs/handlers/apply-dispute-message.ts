import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import { settleDispute, type SettleDisputeDeps } from '#app/commands/disputes/settle-dispute.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { DisputeObservation } from '#app/domain/disputes/ports.ts'
import type { Gateway } from '#app/domain/gateways/ports.ts'
import type { Cause } from '#app/domain/payments/cause.ts'
import { findAttempt, findAttemptByRef, type AttemptRow } from '#db/queries/attempts.ts'
import type { DB } from '#db/schema.ts'

export type DisputeNewsDeps = SettleDisputeDeps & {
	db: Kysely<DB>
	settleLane: BatchLane<Settlement, Settled>
}

const attemptOf = async (
	{ db }: DisputeNewsDeps,
	{ name }: Gateway,
	{ paymentRef, attemptId }: DisputeObservation,
) =>
	(paymentRef ? await findAttemptByRef(db, name, paymentRef) : undefined) ??
	(attemptId ? await findAttempt(db, attemptId) : undefined)

/** A case may be heard of before the answer of the charge it is about: then the charge is settled first. */
async function settleCharge(
	deps: DisputeNewsDeps,
	gateway: Gateway,
	attempt: AttemptRow,
	seen: DisputeObservation,
	cause: Cause,
): Promise<void> {
	if (attempt.status === 'succeeded') return
	const { id: attemptId, started_at: startedAt } = attempt
	const ref = attempt.provider_ref ?? seen.paymentRef
	const outcome = await gateway.payments.findOutcome({ attemptId, ref, startedAt })
	if (outcome) await deps.settleLane.push({ attemptId, outcome, cause, job: null })
}

async function applySeen(
	deps: DisputeNewsDeps,
	gateway: Gateway,
	seen: DisputeObservation,
	cause: Cause,
): Promise<string> {
	const attempt = await attemptOf(deps, gateway, seen)
	if (!attempt) return 'no payment of ours'
	await settleCharge(deps, gateway, attempt, seen, cause)
	const row = await settleDispute(deps, {
		provider: gateway.name,
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
export async function applyToDispute(
	deps: DisputeNewsDeps,
	gateway: Gateway,
	ref: string,
	cause: Cause,
): Promise<string> {
	const seen = await gateway.disputes.findDispute(ref)
	return seen ? applySeen(deps, gateway, seen, cause) : 'not known to the gateway'
}
