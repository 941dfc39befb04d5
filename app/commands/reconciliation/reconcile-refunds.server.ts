import { inTransaction } from '#db/client.ts'
import { keepMovements, keepRefunds } from '#db/queries/gateway-books.ts'
import { findOurRefunds, findRefundedPayments } from '#db/queries/our-books.ts'
import { compareRefund, type OurRefund } from '../../domain/reconciliation/compare-refund.ts'
import type { Finding } from '../../domain/reconciliation/finding.ts'
import type { GatewayRefund } from '../../domain/reconciliation/ports.ts'
import { applyGatewayRefund } from '../refunds/apply-gateway-refund.server.ts'
import { recordFindings } from './record-findings.server.ts'
import {
	aFewAtATime,
	NO_TALLY,
	type Reconciling,
	type ReconciliationDeps,
	type Tally,
} from './reconciling.server.ts'

type Differing = { refund: GatewayRefund; ours: OurRefund | null; finding: Finding }

/** A missed message, or a refund made at the gateway itself: both are booked here as if we had been told. */
async function catchUp(
	deps: ReconciliationDeps,
	{ refund, ours, finding }: Differing,
	{ cause }: Reconciling,
): Promise<void> {
	const isBehind = finding.class === 'status' && ours !== null
	const isUnseen = finding.class === 'extra' && finding.paymentId !== null
	if (!isBehind && !isUnseen) return
	const present = await deps.gateway.payments.findRefund(refund.ref)
	if (present) await applyGatewayRefund(deps, { provider: deps.gateway.name, refund: present, cause })
}

/** Compares refunds of the gateway with ours, as `reconcileCharges` does with charges. */
export async function reconcileRefunds(
	deps: ReconciliationDeps,
	work: Reconciling,
	refunds: readonly GatewayRefund[],
): Promise<Tally> {
	if (refunds.length === 0) return NO_TALLY
	const { provider } = work.listing
	const known = new Map(refunds.map((refund) => [refund.ref, refund]))
	const parents = await findRefundedPayments(deps.db, provider, refunds)
	const compare = (refund: GatewayRefund, ours: ReadonlyMap<string, OurRefund>) =>
		compareRefund(refund, ours.get(refund.ref) ?? null, parents.get(refund.parentRef ?? '') ?? null)
	const before = await findOurRefunds(deps.db, provider, refunds)
	const differing = [...known.values()].flatMap((refund): Differing[] => {
		const finding = compare(refund, before)
		return finding ? [{ refund, ours: before.get(refund.ref) ?? null, finding }] : []
	})
	await aFewAtATime(differing, async (item) => {
		await catchUp(deps, item, work)
		known.set(item.refund.ref, (await deps.gateway.books.findRefund(item.refund.ref)) ?? item.refund)
	})
	const now = [...known.values()]
	return inTransaction(deps.db, async (tx) => {
		await keepRefunds(tx, provider, now)
		await keepMovements(
			tx,
			provider,
			now.flatMap(({ movements }) => movements),
		)
		const after = await findOurRefunds(tx, provider, now)
		const findings = now.flatMap((refund) => compare(refund, after) ?? [])
		const still = new Set(findings.map(({ ref }) => ref))
		return recordFindings(tx, work.listing, {
			kinds: ['refund'],
			refs: now.map(({ ref }) => ref),
			findings,
			healed: new Map(
				differing.flatMap(({ refund, finding }) => (still.has(refund.ref) ? [] : [[refund.ref, finding]])),
			),
		})
	})
}
