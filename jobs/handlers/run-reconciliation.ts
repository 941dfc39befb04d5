import { runReconciliation as run } from '#app/commands/reconciliation/run-reconciliation.server.ts'
import type { ReconciliationDeps } from '#app/commands/reconciliation/reconciling.server.ts'
import { inTransaction } from '#db/client.ts'
import { findRun, findOpenRun } from '#db/queries/reconciliation-runs.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import { handles } from './handles.ts'

/** Longer than a run that was killed stays taken. */
const LOOK_AGAIN_SECONDS = 150

const dateOf = (text: string | undefined): Date | undefined =>
	text === undefined ? undefined : new Date(text)

/**
 * Safe to run twice and at two places: one process holds the run, another looks again later and takes it up where it
 * was if the first has died.
 */
export default handles(runReconciliation, async (deps: ReconciliationDeps, payload) => {
	const { requestedBy, runId, from, until } = payload
	const asked = runId === undefined ? undefined : await findRun(deps.db, runId)
	if (asked?.finished_at) return 'done'
	const finished = await run(deps, { requestedBy, from: dateOf(from), until: dateOf(until) })
	if (finished) return 'done'
	await inTransaction(deps.db, async (tx) => {
		const open = await findOpenRun(tx, deps.books.name)
		if (!open) return
		const options = { startAfterSeconds: LOOK_AGAIN_SECONDS }
		await deps.enqueue(tx, runReconciliation, [{ requestedBy, runId: open.id }], options)
	})
	return 'done'
})
