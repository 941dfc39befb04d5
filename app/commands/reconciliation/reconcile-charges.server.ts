import { inTransaction } from '#db/client.ts'
import { keepCharges, keepMovements } from '#db/queries/gateway-books.ts'
import { findOurCharges } from '#db/queries/our-books.ts'
import { compareCharge, type OurCharge } from '../../domain/reconciliation/compare-charge.ts'
import type { Finding } from '../../domain/reconciliation/finding.ts'
import type { GatewayCharge } from '../../domain/reconciliation/ports.ts'
import { recordFindings } from './record-findings.server.ts'
import {
	aFewAtATime,
	NO_TALLY,
	type Reconciling,
	type ReconciliationDeps,
	type Tally,
} from './reconciling.server.ts'

/** A missed message: what the gateway has now goes the way any answer of it goes, under the payment's lock. */
async function catchUp(
	deps: ReconciliationDeps,
	charge: GatewayCharge,
	ours: OurCharge,
	{ cause }: Reconciling,
): Promise<void> {
	const outcome = await deps.gateway.payments.findOutcome({
		attemptId: ours.attemptId,
		ref: charge.ref,
		startedAt: ours.startedAt,
	})
	if (outcome) await deps.settleLane.push({ attemptId: ours.attemptId, outcome, cause, job: null })
}

type Differing = { charge: GatewayCharge; ours: OurCharge | null; finding: Finding }

/**
 * Compares charges of the gateway with our attempts. What only lags behind on our side is settled first; then the
 * observations and whatever still differs are written in one commit, so that no difference is ever known and unlisted.
 */
export async function reconcileCharges(
	deps: ReconciliationDeps,
	work: Reconciling,
	charges: readonly GatewayCharge[],
): Promise<Tally> {
	if (charges.length === 0) return NO_TALLY
	const { provider } = work.listing
	const known = new Map(charges.map((charge) => [charge.ref, charge]))
	const before = await findOurCharges(deps.db, provider, [...known.values()])
	const differing = [...known.values()].flatMap((charge): Differing[] => {
		const ours = before.get(charge.ref) ?? null
		const finding = compareCharge(charge, ours)
		return finding ? [{ charge, ours, finding }] : []
	})
	await aFewAtATime(differing, async ({ charge, ours, finding }) => {
		if (finding.class === 'status' && ours) await catchUp(deps, charge, ours, work)
		// Our side was read after theirs: only what the gateway says now can be held against it.
		known.set(charge.ref, (await deps.gateway.books.findCharge(charge.ref)) ?? charge)
	})
	const now = [...known.values()]
	return inTransaction(deps.db, async (tx) => {
		await keepCharges(tx, provider, now)
		await keepMovements(
			tx,
			provider,
			now.flatMap(({ movements }) => movements),
		)
		const after = await findOurCharges(tx, provider, now)
		const findings = now.flatMap((charge) => compareCharge(charge, after.get(charge.ref) ?? null) ?? [])
		const still = new Set(findings.map(({ ref }) => ref))
		return recordFindings(tx, work.listing, {
			kinds: ['charge', 'authorization'],
			refs: now.map(({ ref }) => ref),
			findings,
			healed: new Map(
				differing.flatMap(({ charge, finding }) =>
					finding.class === 'status' && !still.has(charge.ref) ? [[charge.ref, finding]] : [],
				),
			),
		})
	})
}
