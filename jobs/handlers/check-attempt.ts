import type { Kysely } from 'kysely'
import { openRequest } from '#app/commands/payments/open-request.server.ts'
import type { Payers } from '#app/vault/payers.server.ts'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import { KEY_MEMORY_MS } from '#app/domain/payments/key-memory.ts'
import { isTerminal } from '#app/domain/payments/payment-state.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import type { GatewayOutcome } from '#app/domain/payments/ports.ts'
import { findAttempt, requestOf, type AttemptRow } from '#db/queries/attempts.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { checkAttempt } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	payers: Payers
	clock: { now(): Date }
	gateways: Gateways
	settleLane: BatchLane<Settlement, Settled>
}

const OPEN: ReadonlySet<AttemptRow['status']> = new Set(['sent', 'unknown', 'requires_action', 'approved'])

async function ask(deps: Deps, attempt: AttemptRow): Promise<GatewayOutcome> {
	const { payments } = deps.gateways.of(attempt.provider)
	const known = await payments.findOutcome({
		attemptId: attempt.id,
		ref: attempt.provider_ref,
		startedAt: attempt.started_at,
	})
	if (known) return known
	const payment = await findPaymentForJob(deps.db, attempt.payment_id)
	if (!payment || isTerminal(payment.status)) {
		return {
			kind: 'unknown',
			ref: null,
			reason: 'the gateway does not know this charge, and it is not needed',
		}
	}
	const age = deps.clock.now().getTime() - attempt.started_at.getTime()
	if (age < KEY_MEMORY_MS) return payments.charge(await openRequest(deps, requestOf(attempt)))
	return { kind: 'unknown', ref: null, reason: 'the gateway does not know this charge' }
}

/** A gateway that cannot be asked leaves the outcome as open as it was: the schedule goes on, the job has done its part. */
async function askOrWait(deps: Deps, attempt: AttemptRow): Promise<GatewayOutcome> {
	try {
		return await ask(deps, attempt)
	} catch (error) {
		return { kind: 'unknown', ref: null, reason: error instanceof Error ? error.message : 'no answer' }
	}
}

/** Safe to run twice: asks first, and only repeats a call the gateway never saw, under the same key and bytes. */
export default handles(
	checkAttempt,
	async (deps: Deps, { attemptId, asked }, fetched) => {
		const attempt = await findAttempt(deps.db, attemptId)
		if (!attempt || !OPEN.has(attempt.status)) return 'done'
		const outcome = await askOrWait(deps, attempt)
		const cause = { kind: 'janitor', ref: fetched.job.id } as const
		await deps.settleLane.push({ attemptId, outcome, cause, job: fetched, asked })
		return 'completed'
	},
	{ of: 'attemptId' },
)
