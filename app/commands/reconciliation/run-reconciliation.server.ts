import { inTransaction } from '#db/client.ts'
import { openRefsAfter, openRefundRefsAfter } from '#db/queries/our-books.ts'
import { unseenDifferencesAfter } from '#db/queries/reconciliation-differences.ts'
import {
	accountOwner,
	finishRun,
	keepLease,
	leaseRun,
	openRun,
	releaseRun,
	type RunRow,
} from '#db/queries/reconciliation-runs.ts'
import { readAccountTotals, refreshEffects } from '#db/queries/reconciliation-totals.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { storedTotals } from '../../domain/reconciliation/totals.ts'
import { matchBankLines } from './match-bank-lines.server.ts'
import { reconcileListed, reconcileNamedCharges, reconcileNamedRefunds } from './reconcile-named.server.ts'
import { reconcileSpan, type Progress } from './reconcile-span.server.ts'
import { daysOf, reconciliationWindow, type AskedWindow } from './reconciliation-window.server.ts'
import type { Reconciling, ReconciliationDeps } from './reconciling.server.ts'

/** Above the slowest page: a run without a sign of life for this long is taken over. */
const LEASE_SECONDS = 120
const PAGE = 200

export type RunInput = AskedWindow & { requestedBy: string }

type Held = { run: RunRow; lease: string }

async function takeRun(deps: ReconciliationDeps, input: RunInput): Promise<Held | null> {
	const provider = deps.gateway.name
	const span = await reconciliationWindow(deps, provider, input)
	const lease = newId('lea')
	return inTransaction(deps.db, async (tx) => {
		const open = await openRun(tx, { provider, requestedBy: input.requestedBy, span })
		const run = await leaseRun(tx, open.id, { lease, seconds: LEASE_SECONDS, until: span.until })
		return run ? { run, lease } : null
	})
}

type Waiting = { id: string }

async function everyPage<T extends Waiting>(
	read: (afterId: string) => Promise<T[]>,
	work: (page: T[]) => Promise<void>,
): Promise<void> {
	let last: T | undefined
	do {
		const page = await read(last?.id ?? '')
		if (page.length > 0) await work(page)
		last = page.at(-1)
	} while (last)
}

/** What the window does not show: payments and refunds that have waited since before it, and what is on the list already. */
async function lookAtTheRest(
	deps: ReconciliationDeps,
	work: Reconciling,
	{ id, window_from: before }: RunRow,
	progress: Progress,
): Promise<void> {
	const { provider } = work.listing
	await everyPage(
		(after) => openRefsAfter(deps.db, provider, before, after, PAGE),
		async (page) =>
			progress(
				await reconcileNamedCharges(
					deps,
					work,
					page.map(({ ref }) => ref),
				),
			),
	)
	await everyPage(
		(after) => openRefundRefsAfter(deps.db, provider, before, after, PAGE),
		async (page) =>
			progress(
				await reconcileNamedRefunds(
					deps,
					work,
					page.map(({ ref }) => ref),
				),
			),
	)
	await everyPage(
		(after) => unseenDifferencesAfter(deps.db, provider, id, after, PAGE),
		async (page) => progress(await reconcileListed(deps, work, page)),
	)
}

async function work(deps: ReconciliationDeps, { run, lease }: Held): Promise<RunRow> {
	const owner = await accountOwner(deps.db)
	if (owner === undefined) throw new Error('there is no merchant')
	const { provider } = run
	const held = { id: run.id, lease, seconds: LEASE_SECONDS }
	const task: Reconciling = {
		listing: { runId: run.id, provider, owner },
		cause: { kind: 'janitor', ref: run.id },
	}
	const progress: Progress = async (tally) => {
		if (!(await keepLease(deps.db, held, tally))) throw new Error(`${run.id} was taken over`)
	}
	for (const day of daysOf({ from: run.reached_at, until: run.window_until })) {
		await reconcileSpan(deps, task, day, progress)
		await keepLease(deps.db, held, { reachedAt: day.until })
	}
	await lookAtTheRest(deps, task, run, progress)
	await matchBankLines(deps, { provider, cause: task.cause })
	const finished = await inTransaction(deps.db, async (tx) => {
		await refreshEffects(tx, provider)
		return finishRun(tx, run.id, lease, storedTotals(await readAccountTotals(tx, provider, run.window_until)))
	})
	if (!finished) throw new Error(`${run.id} was taken over`)
	return finished
}

/**
 * One run: the gateway's books read, compared with ours and with the ledger, what lags behind put right, the rest
 * listed. Null when another process is at it. A run that was cut off is gone on with. No money is moved at the gateway.
 */
export async function runReconciliation(given: ReconciliationDeps, input: RunInput): Promise<RunRow | null> {
	const deps = { ...given, db: given.worldRows }
	const held = await takeRun(deps, input)
	if (!held) return null
	try {
		return await work(deps, held)
	} catch (error) {
		const message = error instanceof Error ? error.message : 'unknown'
		await releaseRun(deps.db, held.run.id, held.lease, message)
		throw error
	}
}
