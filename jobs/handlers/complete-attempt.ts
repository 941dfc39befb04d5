import type { Kysely } from 'kysely'
import { openRequest } from '#app/commands/payments/open-request.server.ts'
import type { Payers } from '#app/vault/payers.server.ts'
import type { BatchLane } from '#app/commands/batch-lane.server.ts'
import type { Settled, Settlement } from '#app/commands/payments/settle-outcomes.server.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import { findAttempt, requestOf } from '#db/queries/attempts.ts'
import type { DB } from '#db/schema.ts'
import { completeAttempt } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	payers: Payers
	gateways: Gateways
	settleLane: BatchLane<Settlement, Settled>
}

/** Safe to run twice: each approval has its own key, and an attempt that has its answer is no longer approved. */
export default handles(
	completeAttempt,
	async (deps: Deps, { attemptId }, fetched) => {
		const attempt = await findAttempt(deps.db, attemptId)
		if (attempt?.status !== 'approved' || attempt.provider_ref === null) return 'done'
		const { payments } = deps.gateways.of(attempt.provider)
		const outcome = await payments.complete(await openRequest(deps, requestOf(attempt)), {
			ref: attempt.provider_ref,
			approval: attempt.approvals,
		})
		const cause = { kind: 'job', ref: fetched.job.id } as const
		await deps.settleLane.push({ attemptId, outcome, cause, job: fetched })
		return 'completed'
	},
	{ of: 'attemptId' },
)
