import { inTransaction } from '#db/client.ts'
import {
	accountLinesAfter,
	insertImport,
	keepMovements,
	keepPayouts,
	sourcesToRead,
	type AccountLine,
} from '#db/queries/gateway-books.ts'
import { bookedFactsAfter, type BookedFact } from '#db/queries/our-books.ts'
import type { Span } from '../../domain/reconciliation/ports.ts'
import { reconcileAccount } from './reconcile-account.server.ts'
import { reconcileCharges } from './reconcile-charges.server.ts'
import { reconcileNamedCharges, reconcileNamedRefunds, reconcileSources } from './reconcile-named.server.ts'
import { reconcileRefunds } from './reconcile-refunds.server.ts'
import { inPages, type Reconciling, type ReconciliationDeps, type Tally } from './reconciling.server.ts'

const PAGE = 100
const LINES = 500

/** Called after each page, so that whoever waits for this work knows that it goes on. Throws when it must stop. */
export type Progress = (tally: Tally) => Promise<void>

const READ_ONLY: Tally = { compared: 0, healed: 0, found: 0 }

/** The gateway's account, line by line, against our ledger; objects that moved money late are read first. */
async function reconcileLines(
	deps: ReconciliationDeps,
	work: Reconciling,
	span: Span,
	progress: Progress,
): Promise<void> {
	const { provider } = work.listing
	let last: AccountLine | undefined
	do {
		const place = last ? { occurredAt: last.occurred_at, ref: last.provider_ref } : null
		const lines = await accountLinesAfter(deps.db, provider, span, place, LINES)
		const sources = [...new Set(lines.map((line) => line.source_ref ?? line.provider_ref))]
		await progress(await reconcileSources(deps, work, await sourcesToRead(deps.db, provider, sources)))
		await progress(await reconcileAccount(deps, work, sources))
		last = lines.at(-1)
	} while (last)
}

/** What our ledger booked and the gateway has not shown yet: asked for by name. */
async function reconcileBooked(
	deps: ReconciliationDeps,
	work: Reconciling,
	span: Span,
	progress: Progress,
): Promise<void> {
	let last: BookedFact | undefined
	do {
		const facts = await bookedFactsAfter(deps.db, work.listing.provider, span, last?.id ?? null, LINES)
		const unseen = (kind: BookedFact['kind']) =>
			facts.flatMap((fact) => (fact.kind === kind && !fact.isSeen && fact.ref ? [fact.ref] : []))
		const charges = unseen('capture')
		const refunds = unseen('refund')
		await progress(await reconcileNamedCharges(deps, work, charges))
		await progress(await reconcileNamedRefunds(deps, work, refunds))
		await progress(
			await reconcileAccount(deps, work, [...(await chargeSources(deps, work, charges)), ...refunds]),
		)
		last = facts.at(-1)
	} while (last)
}

/** What the account calls these charges. */
async function chargeSources(
	{ db }: ReconciliationDeps,
	{ listing }: Reconciling,
	refs: readonly string[],
): Promise<string[]> {
	if (refs.length === 0) return []
	const rows = await db
		.selectFrom('gateway_observations')
		.select('charge_ref')
		.where('provider', '=', listing.provider)
		.where('provider_ref', 'in', refs)
		.where('kind', '=', 'charge')
		.execute()
	return rows.flatMap((row) => row.charge_ref ?? [])
}

/**
 * Reads everything the gateway did in a span and compares it with our books and our ledger, both ways. Safe to run
 * again after it was cut off: what is written twice is the same, and the span counts as read only at its end.
 */
export async function reconcileSpan(
	deps: ReconciliationDeps,
	work: Reconciling,
	span: Span,
	progress: Progress,
): Promise<void> {
	const { provider, owner } = work.listing
	for await (const page of inPages(deps.gateway.books.movements(span), PAGE)) {
		await inTransaction(deps.db, (tx) => keepMovements(tx, provider, page))
		await progress(READ_ONLY)
	}
	for await (const page of inPages(deps.gateway.books.charges(span), PAGE))
		await progress(await reconcileCharges(deps, work, page))
	for await (const page of inPages(deps.gateway.books.refunds(span), PAGE))
		await progress(await reconcileRefunds(deps, work, page))
	for await (const page of inPages(deps.gateway.books.payouts(span), PAGE)) {
		await inTransaction(deps.db, (tx) => keepPayouts(tx, provider, owner, page))
		await progress(READ_ONLY)
	}
	await reconcileLines(deps, work, span, progress)
	await reconcileBooked(deps, work, span, progress)
	await inTransaction(deps.db, (tx) => insertImport(tx, provider, span))
}
