import type { Kysely } from 'kysely'
import { insertRates, latestRates } from '#db/queries/fx-rates.ts'
import type { DB } from '#db/schema.ts'
import type { RateTable } from '../../domain/fx/rate-table.ts'

export type Rates = {
	/** The newest rates there are, at most a minute behind the table. */
	current(): Promise<RateTable>
	/** The next question reads the table. */
	forget(): void
}

type Deps = { db: Kysely<DB>; clock: { now(): Date }; shipped: () => Promise<RateTable> }

/** They change once a day: another process may go on with yesterday's for this long. */
const KEPT_MS = 60_000

/** Keeps the rates in memory, so that screening a payment asks the database nothing. An empty table gets those we are shipped with. */
export function createRates({ db, clock, shipped }: Deps): Rates {
	let kept: { table: Promise<RateTable>; until: number } | null = null

	async function read(): Promise<RateTable> {
		const known = await latestRates(db)
		if (known) return known
		const first = await shipped()
		await insertRates(db, first)
		return (await latestRates(db)) ?? first
	}

	return {
		current() {
			const now = clock.now().getTime()
			if (kept && now < kept.until) return kept.table
			const table = read()
			const mine = { table, until: now + KEPT_MS }
			kept = mine
			// A database that was away is asked again by the next question.
			table.catch(() => {
				if (kept === mine) kept = null
			})
			return table
		},
		forget() {
			kept = null
		},
	}
}
