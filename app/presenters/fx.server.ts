import type { Kysely } from 'kysely'
import { findQuote, type FxQuote as FxQuoteRow } from '#db/queries/fx-quotes.ts'
import type { DB } from '#db/schema.ts'
import type { FxQuote, FxRates } from '../contracts/fx.ts'
import { rateText } from '../domain/fx/rate.ts'
import { ageInDays, isStale, mayQuote, type RateTable } from '../domain/fx/rate-table.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import type { Money } from '../domain/money/money.ts'

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
const amountOf = ({ minor, currency }: Money) => ({ amount: jsonAmount(minor), currency })

export const toFxQuote = (row: FxQuoteRow): FxQuote => ({
	id: row.id,
	object: 'fx_quote',
	settlement: amountOf(row.settlement),
	presentment: amountOf(row.presentment),
	rate: rateText(row.rate),
	mid_rate: rateText(row.midRate),
	spread_bps: row.spreadBps,
	source: row.source,
	as_of: row.asOf,
	fetched_at: seconds(row.fetchedAt),
	expires_at: seconds(row.expiresAt),
	checkout_session: row.checkoutSessionId,
})

/** A quote of this merchant; null when it is not theirs. */
export async function presentQuote(
	{ db }: { db: Kysely<DB> },
	{ merchantId, quoteId }: { merchantId: string; quoteId: string },
): Promise<FxQuote | null> {
	const row = await findQuote(db, quoteId)
	return row?.merchantId === merchantId ? toFxQuote(row) : null
}

type Deps = { clock: { now(): Date }; livemode: boolean; rates: { current(): Promise<RateTable> } }

/** The rates everything is quoted by, and whether they are still good. */
export async function presentRates({ clock, livemode, rates }: Deps): Promise<FxRates> {
	const table = await rates.current()
	const now = clock.now()
	return {
		object: 'fx_rates',
		base: 'eur',
		source: table.source,
		as_of: table.asOf,
		age_days: ageInDays(table, now),
		is_stale: isStale(table, now),
		is_quoted: mayQuote(table, { now, livemode }),
		fetched_at: seconds(table.fetchedAt),
		rates: [...table.perEuro]
			.filter(([currency]) => currency !== 'eur')
			.map(([currency, rate]) => ({ currency, rate: rateText(rate) }))
			.sort((a, b) => (a.currency < b.currency ? -1 : 1)),
	}
}
