import type { Kysely } from 'kysely'
import { closeItems, hasItemSince, openAttention, openItemsOf } from '#db/queries/attention.ts'
import { inTransaction } from '#db/client.ts'
import { houseOwner } from '#db/queries/dead-letters.ts'
import { insertRates } from '#db/queries/fx-rates.ts'
import type { DB } from '#db/schema.ts'
import { refreshRates as job } from '#jobs/catalog/fx.ts'
import { implausibleMove } from '../../domain/fx/plausible.ts'
import { isStale, type RateTable } from '../../domain/fx/rate-table.ts'
import type { Rates } from './current-rates.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	rates: Rates
	/** Null when rates are never refreshed. */
	fetchRates: (() => Promise<RateTable>) | null
	committed: (queues: readonly string[]) => void
}

/** The day of the rates everything is priced by now, and why they are not newer; null when they are as new as can be. */
export type Refreshed = { asOf: string; trouble: string | null }

/** What the item is about: the rates belong to no one thing of a merchant's. */
const SUBJECT = 'fx_rates'

type Read = { table: RateTable } | { trouble: string; isRefused: boolean }

/** fetch says only that it failed, and keeps why in its cause. */
function wordsOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error)
	return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

async function read(fetchRates: () => Promise<RateTable>, known: RateTable): Promise<Read> {
	let table: RateTable
	try {
		table = await fetchRates()
	} catch (error) {
		return { trouble: wordsOf(error), isRefused: false }
	}
	const moved = implausibleMove(known, table)
	if (moved === null) return { table }
	const trouble = `the file of ${table.asOf} says ${moved.toUpperCase()} moved further since ${known.asOf} than can be true`
	return { trouble, isRefused: true }
}

/** One item for as long as the trouble lasts: not again after a person has closed it, until there were newer rates. */
async function tell({ db, committed }: Deps, known: RateTable, trouble: string): Promise<void> {
	await inTransaction(db, async (tx) => {
		const owner = await houseOwner(tx)
		const about = { kind: 'rates_stale', subjectId: SUBJECT, since: known.fetchedAt } as const
		if (owner === undefined || (await hasItemSince(tx, about))) return
		const detail = `The newest exchange rates are of ${known.asOf}. No newer ones could be read.`
		const failed = { queue: job.name, payload: {} }
		const item = { merchant_id: owner, kind: 'rates_stale', subject_id: SUBJECT } as const
		await openAttention(tx, [{ ...item, detail, reason: trouble, job: failed }])
	})
	committed([])
}

async function keep({ db, rates, committed }: Deps, table: RateTable): Promise<void> {
	await inTransaction(db, async (tx) => {
		await insertRates(tx, table)
		const items = await openItemsOf(tx, 'rates_stale', [SUBJECT])
		await closeItems(tx, items, { by: `job:${job.name}`, outcome: 'gone', note: null })
	})
	rates.forget()
	committed([])
}

/**
 * Reads the newest rates and keeps them. Trouble with the ECB's file is told once the rates are stale; a file that
 * cannot be true is told at once, and never kept.
 */
export async function refreshRates(deps: Deps): Promise<Refreshed> {
	const known = await deps.rates.current()
	if (deps.fetchRates === null) return { asOf: known.asOf, trouble: null }
	const found = await read(deps.fetchRates, known)
	const now = deps.clock.now()
	if (!('table' in found)) {
		if (found.isRefused || isStale(known, now)) await tell(deps, known, found.trouble)
		return { asOf: known.asOf, trouble: found.trouble }
	}
	const { table } = found
	if (isStale(table, now)) {
		const newest = table.asOf > known.asOf ? table : known
		const trouble = `nothing was published after ${table.asOf}`
		await insertRates(deps.db, newest)
		deps.rates.forget()
		await tell(deps, newest, trouble)
		return { asOf: newest.asOf, trouble }
	}
	await keep(deps, table)
	return { asOf: table.asOf, trouble: null }
}
