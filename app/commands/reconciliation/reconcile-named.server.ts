import { inTransaction } from '#db/client.ts'
import { findChargesByRef, findRefundsByRef } from '#db/queries/our-books.ts'
import type { DifferenceRow } from '#db/queries/reconciliation-differences.ts'
import { chargeMissing } from '../../domain/reconciliation/compare-charge.ts'
import { refundMissing } from '../../domain/reconciliation/compare-refund.ts'
import { recordFindings } from './record-findings.server.ts'
import { reconcileAccount } from './reconcile-account.server.ts'
import { reconcileCharges } from './reconcile-charges.server.ts'
import { reconcileRefunds } from './reconcile-refunds.server.ts'
import {
	addUp,
	aFewAtATime,
	NO_TALLY,
	type Reconciling,
	type ReconciliationDeps,
	type Tally,
} from './reconciling.server.ts'

/** Charges by name: read again at the gateway, and compared; money of ours it has never heard of is missing there. */
export async function reconcileNamedCharges(
	deps: ReconciliationDeps,
	work: Reconciling,
	refs: readonly string[],
): Promise<Tally> {
	const asked = await aFewAtATime(refs, async (ref) => ({
		ref,
		found: await deps.gateway.books.findCharge(ref),
	}))
	const found = asked.flatMap((answer) => answer.found ?? [])
	const unheard = asked.flatMap((answer) => (answer.found ? [] : [answer.ref]))
	const tally = await reconcileCharges(deps, work, found)
	if (unheard.length === 0) return tally
	const missing = await inTransaction(deps.db, async (tx) => {
		const ours = await findChargesByRef(tx, work.listing.provider, unheard)
		const findings = ours
			.filter((charge) => charge.attemptStatus === 'succeeded' && charge.paymentStatus === 'succeeded')
			.map(chargeMissing)
		const kinds = ['charge', 'authorization'] as const
		return recordFindings(tx, work.listing, { kinds, refs: unheard, findings, healed: new Map() })
	})
	return addUp(tally, missing)
}

export async function reconcileNamedRefunds(
	deps: ReconciliationDeps,
	work: Reconciling,
	refs: readonly string[],
): Promise<Tally> {
	const asked = await aFewAtATime(refs, async (ref) => ({
		ref,
		found: await deps.gateway.books.findRefund(ref),
	}))
	const found = asked.flatMap((answer) => answer.found ?? [])
	const unheard = asked.flatMap((answer) => (answer.found ? [] : [answer.ref]))
	const tally = await reconcileRefunds(deps, work, found)
	if (unheard.length === 0) return tally
	const missing = await inTransaction(deps.db, async (tx) => {
		const ours = await findRefundsByRef(tx, work.listing.provider, unheard)
		const findings = ours.filter(({ status }) => status === 'succeeded').map(refundMissing)
		return recordFindings(tx, work.listing, { kinds: ['refund'], refs: unheard, findings, healed: new Map() })
	})
	return addUp(tally, missing)
}

const isRefund = (source: string): boolean => /^(re|pyr)_/.test(source)
const isCharge = (source: string): boolean => /^(ch|py|pi)_/.test(source)

/** Whatever sources of the account name, disputes and payouts aside: these are not read one by one. */
export async function reconcileSources(
	deps: ReconciliationDeps,
	work: Reconciling,
	sources: readonly string[],
): Promise<Tally> {
	return addUp(
		await reconcileNamedCharges(deps, work, sources.filter(isCharge)),
		await reconcileNamedRefunds(deps, work, sources.filter(isRefund)),
	)
}

/** Looks at differences that are on the list once more. */
export async function reconcileListed(
	deps: ReconciliationDeps,
	work: Reconciling,
	rows: readonly DifferenceRow[],
): Promise<Tally> {
	const refsOf = (...kinds: DifferenceRow['kind'][]) =>
		rows.flatMap((row) => (kinds.includes(row.kind) && row.provider_ref ? [row.provider_ref] : []))
	const sources = rows.flatMap((row) => row.source_ref ?? [])
	const tallies = [
		await reconcileNamedCharges(deps, work, refsOf('charge', 'authorization')),
		await reconcileNamedRefunds(deps, work, refsOf('refund')),
		await reconcileSources(deps, work, refsOf('movement')),
		await reconcileAccount(deps, work, sources),
	]
	return tallies.reduce(addUp, NO_TALLY)
}
