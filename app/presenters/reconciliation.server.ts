import type { Kysely } from 'kysely'
import { listPayouts, listUnmatchedLines } from '#db/queries/bank-lines.ts'
import {
	findDifference,
	searchDifferences,
	type DifferenceRow,
} from '#db/queries/reconciliation-differences.ts'
import {
	accountOwner,
	countDifferences,
	lastFinishedRuns,
	listRuns,
	openEffects,
	type OpenEffect,
	type RunRow,
} from '#db/queries/reconciliation-runs.ts'
import type { DB } from '#db/schema.ts'
import { RECONCILE_AT_MINUTE } from '#jobs/catalog/reconciliation.ts'
import type { ListDifferences } from '../contracts/payment-requests.ts'
import type {
	Difference,
	DifferenceFilters,
	Reconciliation,
	ReconciliationRun,
	ReconciliationTotal,
	ReconciliationView,
} from '../contracts/reconciliation.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import { unexplainedOf, type StoredTotal } from '../domain/reconciliation/totals.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; gateways: Gateways }

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
const RUNS = 8
const DIFFERENCES = 25
const PAYOUTS = 12
const LINES = 12
const HOUR_MS = 3_600_000

function statusOf(run: RunRow, now: Date): ReconciliationRun['status'] {
	if (run.finished_at) return 'finished'
	if (run.leased_until && run.leased_until > now) return 'running'
	return run.error || run.lease ? 'stopped' : 'queued'
}

export const toRun = (run: RunRow, now: Date): ReconciliationRun => ({
	id: run.id,
	object: 'reconciliation_run',
	provider: run.provider,
	status: statusOf(run, now),
	requested_by: run.requested_by,
	window: { from: seconds(run.window_from), until: seconds(run.window_until) },
	compared: jsonAmount(run.compared),
	healed: run.healed,
	found: run.found,
	started: seconds(run.started_at),
	finished: run.finished_at && seconds(run.finished_at),
	error: run.error,
})

const side = (minor: bigint | null, currency: string | null, status: string | null) =>
	minor === null && status === null
		? null
		: { amount: minor === null ? null : jsonAmount(minor), currency, status }

const toDifference = (row: DifferenceRow): Difference => ({
	id: row.id,
	object: 'reconciliation_difference',
	class: row.class,
	kind: row.kind,
	gateway: row.provider,
	gateway_ref: row.provider_ref,
	subject: row.subject_id,
	payment: row.payment_id,
	ours: side(row.ours_minor, row.ours_currency, row.ours_status),
	theirs: side(row.theirs_minor, row.theirs_currency, row.theirs_status),
	gap: jsonAmount(row.gap_minor),
	currency: row.currency,
	effect: jsonAmount(row.effect_minor),
	detail: row.detail,
	opened: seconds(row.opened_at),
	closed: row.closed_at && seconds(row.closed_at),
	outcome: row.outcome,
	closed_by: row.closed_by,
	note: row.note,
})

function totalsOf(
	provider: string,
	run: RunRow | undefined,
	effects: readonly OpenEffect[],
	isOwner: boolean,
): ReconciliationTotal[] {
	const stored = isOwner ? ((run?.totals ?? []) as StoredTotal[]) : []
	const open = effects.filter((effect) => effect.provider === provider)
	const currencies = [...new Set([...stored, ...open].map(({ currency }) => currency))].sort()
	return currencies.map((currency) => {
		const total = stored.find((candidate) => candidate.currency === currency)
		const listed = open.find((candidate) => candidate.currency === currency)?.minor ?? 0n
		return {
			provider,
			currency,
			unexplained: jsonAmount(unexplainedOf(listed, BigInt(total?.residual ?? '0'))),
			account: total
				? {
						gateway: jsonAmount(BigInt(total.gateway)),
						ledger: jsonAmount(BigInt(total.ledger)),
						in_flight: jsonAmount(BigInt(total.inFlight)),
						on_the_way: jsonAmount(BigInt(total.onTheWay)),
					}
				: null,
		}
	})
}

/** The next time the hourly run starts. */
function nextRun(now: Date): Date {
	const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS
	const at = hour + RECONCILE_AT_MINUTE * 60_000
	return new Date(at > now.getTime() ? at : at + HOUR_MS)
}

export async function presentReconciliation(
	{ db, clock, gateways }: Deps,
	{ merchantId }: { merchantId: string },
): Promise<Reconciliation> {
	const now = clock.now()
	const names = gateways.connected.map(({ name }) => name)
	const [runs, finished, owner, counts, open] = await Promise.all([
		listRuns(db, 1),
		lastFinishedRuns(db, names),
		accountOwner(db),
		countDifferences(db, merchantId),
		openEffects(db, merchantId),
	])
	const [newest] = runs
	const [last] = finished
	return {
		object: 'reconciliation',
		last_run: last ? toRun(last, now) : null,
		current_run: newest && !newest.finished_at ? toRun(newest, now) : null,
		last_runs: finished.map((run) => toRun(run, now)),
		next_run: seconds(nextRun(now)),
		open_differences: counts.open,
		totals: names.flatMap((name) =>
			totalsOf(
				name,
				finished.find(({ provider }) => provider === name),
				open,
				owner === merchantId,
			),
		),
	}
}

/** A page after a difference nobody has would be empty, and look like the end of the list. */
async function requireKnownPlace({ db }: Deps, merchantId: string, query: ListDifferences): Promise<void> {
	for (const param of ['starting_after', 'ending_before'] as const) {
		const id = query[param]
		if (id !== undefined && !(await findDifference(db, { merchantId, id }))) {
			const message = `${param}: there is no difference ${id}`
			throw new DomainError('invalid', 'parameter_invalid', message, { param })
		}
	}
}

export async function presentDifferencePage(deps: Deps, merchantId: string, query: ListDifferences) {
	await requireKnownPlace(deps, merchantId, query)
	const { rows, hasMore } = await searchDifferences(deps.db, {
		merchantId,
		limit: query.limit,
		state: query.state,
		class: query.class,
		startingAfter: query.starting_after,
		endingBefore: query.ending_before,
	})
	return {
		object: 'list',
		url: '/api/v1/reconciliation/differences',
		has_more: hasMore,
		data: rows.map(toDifference),
	}
}

/** Everything on /console/reconciliation. */
export async function presentReconciliationView(
	deps: Deps,
	{ merchantId, filters }: { merchantId: string; filters: DifferenceFilters },
): Promise<ReconciliationView> {
	const { db, clock, gateways } = deps
	const [summary, runs, counts, found, payouts, unmatched] = await Promise.all([
		presentReconciliation(deps, { merchantId }),
		listRuns(db, RUNS),
		countDifferences(db, merchantId),
		searchDifferences(db, {
			merchantId,
			limit: DIFFERENCES,
			state: filters.state,
			class: filters.class,
			startingAfter: filters.starting_after,
			endingBefore: filters.ending_before,
		}),
		listPayouts(db, merchantId, PAYOUTS),
		listUnmatchedLines(db, merchantId, LINES),
	])
	return {
		summary,
		runs: runs.map((run) => ({
			...toRun(run, clock.now()),
			gatewayTitle: gateways.find(run.provider)?.title ?? run.provider,
		})),
		differences: { rows: found.rows.map(toDifference), hasMore: found.hasMore, filters },
		healed: counts.healed,
		payouts: payouts.map((payout) => ({
			id: payout.id,
			ref: payout.ref,
			amount: jsonAmount(payout.amountMinor),
			currency: payout.currency,
			status: payout.status,
			arrivesOn: payout.arrivesOn,
			bookedOn: payout.bookedOn,
			fileName: payout.fileName,
		})),
		lines: {
			total: unmatched.total,
			rows: unmatched.lines.map((line) => ({
				id: line.id,
				bookedOn: line.bookedOn,
				amount: jsonAmount(line.amountMinor),
				currency: line.currency,
				text: line.text,
				fileName: line.fileName,
				line: line.line,
			})),
		},
	}
}
