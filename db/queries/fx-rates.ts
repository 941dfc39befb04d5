import { sql } from 'kysely'
import { readRate, rateText } from '../../app/domain/fx/rate.ts'
import { rateTable, type RateSource, type RateTable } from '../../app/domain/fx/rate-table.ts'
import type { Executor } from '../client.ts'
import { toJson } from './payments.ts'

type Row = { as_of: string; source: RateSource; fetched_at: Date; currency: string; rate: string }

/** The rates of the newest day there are any for, those the ECB sent before those it was shipped with; undefined when there are none. */
export async function latestRates(db: Executor): Promise<RateTable | undefined> {
	const { rows } = await sql<Row>`
		select to_char(r.as_of, 'YYYY-MM-DD') as as_of, r.source, r.fetched_at, r.currency, r.rate::text as rate
		from fx_rates r
		join (select as_of, source from fx_rates order by as_of desc, source limit 1) newest
			on newest.as_of = r.as_of and newest.source = r.source`.execute(db)
	const [first] = rows
	if (!first) return undefined
	return rateTable({
		asOf: first.as_of,
		source: first.source,
		fetchedAt: first.fetched_at,
		rates: rows.flatMap(({ currency, rate }) => {
			const read = readRate(rate)
			return read === null ? [] : [[currency, read] as const]
		}),
	})
}

/** Keeps a day's rates; false when they are here already. */
export async function insertRates(db: Executor, table: RateTable): Promise<boolean> {
	const rows = [...table.perEuro]
		.filter(([currency]) => currency !== 'eur')
		.map(([currency, rate]) => ({ currency, rate: rateText(rate) }))
	const { rows: written } = await sql`
		insert into fx_rates (as_of, source, currency, rate, fetched_at)
		select ${table.asOf}::date, ${table.source}, currency, rate, ${table.fetchedAt}
		from jsonb_to_recordset(${toJson(rows)}::jsonb) as r (currency text, rate numeric)
		on conflict do nothing
		returning currency`.execute(db)
	return written.length > 0
}
