import { runReconciliation as run } from '#app/commands/reconciliation/run-reconciliation.server.ts'
import type { ReconciliationDeps } from '#app/commands/reconciliation/reconciling.server.ts'
import type { Gateway, Gateways } from '#app/domain/gateways/ports.ts'
import { inTransaction } from '#db/client.ts'
import { accountOwner, findRun, findOpenRun } from '#db/queries/reconciliation-runs.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import type { z } from 'zod'
import { handles } from './handles.ts'

/** Longer than a run that was killed stays taken. */
const LOOK_AGAIN_SECONDS = 150

const dateOf = (text: string | undefined): Date | undefined =>
	text === undefined ? undefined : new Date(text)

type Deps = Omit<ReconciliationDeps, 'gateway'> & { gateways: Gateways }
type Payload = z.output<typeof runReconciliation.payload>

async function reconcile(deps: Deps, gateway: Gateway, { requestedBy, from, until }: Payload): Promise<void> {
	const finished = await run({ ...deps, gateway }, { requestedBy, from: dateOf(from), until: dateOf(until) })
	if (finished) return
	await inTransaction(deps.worldRows, async (tx) => {
		const open = await findOpenRun(tx, gateway.name)
		if (!open) return
		const options = { startAfterSeconds: LOOK_AGAIN_SECONDS }
		const again = { requestedBy, runId: open.id, gateway: gateway.name }
		await deps.enqueue(tx, runReconciliation, [again], options)
	})
}

/**
 * Safe to run twice and at two places: one process holds the run, another looks again later and takes it up where it
 * was if the first has died. A gateway that cannot be read holds up no other.
 */
export default handles(
	runReconciliation,
	async (deps: Deps, payload) => {
		const { runId, gateway: only } = payload
		const asked = runId === undefined ? undefined : await findRun(deps.db, runId)
		if (asked?.finished_at) return 'done'
		// A world nobody has been in yet has no books to compare.
		if ((await accountOwner(deps.worldRows)) === undefined) return 'done'
		const failures: unknown[] = []
		for (const gateway of only === undefined ? deps.gateways.connected : [deps.gateways.of(only)])
			await reconcile(deps, gateway, payload).catch((error: unknown) => failures.push(error))
		if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures)
		return 'done'
	},
	{ of: 'runId', isRound: true },
)
