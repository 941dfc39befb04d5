import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { openRun, type RunRow } from '#db/queries/reconciliation-runs.ts'
import type { DB } from '#db/schema.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { reconciliationWindow, type AskedWindow } from './reconciliation-window.server.ts'

type Deps = { clock: { now(): Date }; enqueue: Enqueue }

type Input = AskedWindow & {
	merchantId: string
	/** Name of the gateway whose books are read. */
	gateway: string
	actor: Cause
}

/** Step: asks for a run now. Asking while one is queued or under way names that one. */
export async function askForRun(tx: Tx, { clock, enqueue }: Deps, input: Input): Promise<RunRow> {
	const requestedBy = causeText(input.actor)
	const span = await reconciliationWindow({ db: tx, clock }, input.gateway, input)
	const run = await openRun(tx, { provider: input.gateway, requestedBy, span })
	const job = {
		requestedBy,
		runId: run.id,
		gateway: input.gateway,
		...(input.from && { from: input.from.toISOString() }),
		...(input.until && { until: input.until.toISOString() }),
	}
	await enqueue(tx, runReconciliation, [job])
	await appendAudit(tx, [
		{
			merchant_id: input.merchantId,
			actor: requestedBy,
			action: 'reconciliation.requested',
			subject_id: run.id,
			payload: {},
		},
	])
	return run
}

export async function requestReconciliation(
	deps: Deps & { db: Kysely<DB>; committed: (queues: readonly string[]) => void },
	input: Input,
): Promise<RunRow> {
	const run = await inTransaction(deps.db, (tx) => askForRun(tx, deps, input))
	deps.committed([runReconciliation.name])
	return run
}
