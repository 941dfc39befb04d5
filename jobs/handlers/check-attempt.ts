import type { Kysely } from 'kysely'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { CardGateway, GatewayOutcome } from '#app/domain/payments/ports.ts'
import { findAttempt, requestOf, type AttemptRow } from '#db/queries/attempts.ts'
import type { DB } from '#db/schema.ts'
import { checkAttempt } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	gateway: CardGateway
	settleLane: BatchLane<Settlement, Settled>
}

/** Within this time the gateway remembers our key, so the same call again cannot charge twice. */
const KEY_MEMORY_MS = 20 * 3_600_000

async function ask(deps: Deps, attempt: AttemptRow): Promise<GatewayOutcome> {
	const known = await deps.gateway.findOutcome({
		attemptId: attempt.id,
		ref: attempt.provider_ref,
		startedAt: attempt.started_at,
	})
	if (known) return known
	const age = deps.clock.now().getTime() - attempt.started_at.getTime()
	if (age < KEY_MEMORY_MS) return deps.gateway.charge(requestOf(attempt))
	return { kind: 'unknown', ref: null, reason: 'the gateway does not know this charge' }
}

/** Safe to run twice: asks first, and only repeats a call the gateway never saw, under the same key and bytes. */
export default handles(checkAttempt, async (deps: Deps, { attemptId }, fetched) => {
	const attempt = await findAttempt(deps.db, attemptId)
	if (!attempt || (attempt.status !== 'unknown' && attempt.status !== 'sent')) return 'done'
	const outcome = await ask(deps, attempt)
	await deps.settleLane.push({
		attemptId,
		outcome,
		cause: { kind: 'janitor', ref: fetched.job.id },
		job: fetched,
	})
	return 'completed'
})
