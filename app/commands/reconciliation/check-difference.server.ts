import { inTransaction } from '#db/client.ts'
import { findDifference, type DifferenceRow } from '#db/queries/reconciliation-differences.ts'
import { accountOwner } from '#db/queries/reconciliation-runs.ts'
import { refreshEffects } from '#db/queries/reconciliation-totals.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { reconcileListed } from './reconcile-named.server.ts'
import type { ReconciliationDeps } from './reconciling.server.ts'
import { differenceNotFound } from './settle-difference.server.ts'

type Deps = Omit<ReconciliationDeps, 'gateway'> & { gateways: Gateways }
type Input = { merchantId: string; differenceId: string; actor: Cause }

/** Asks the gateway about one difference again and puts right what can be; returns it as it then is. */
export async function checkDifference(given: Deps, input: Input): Promise<DifferenceRow> {
	const deps = { ...given, db: given.worldRows }
	const { merchantId, differenceId: id, actor } = input
	const row = await findDifference(deps.db, { merchantId, id })
	if (!row) throw differenceNotFound(id)
	if (row.closed_at) return row
	const { provider, seen_run_id: runId } = row
	const owner = (await accountOwner(deps.db)) ?? merchantId
	const gateway = deps.gateways.of(provider)
	await reconcileListed({ ...deps, gateway }, { listing: { runId, provider, owner }, cause: actor }, [row])
	await inTransaction(deps.db, (tx) => refreshEffects(tx, provider))
	return (await findDifference(deps.db, { merchantId, id })) ?? row
}
