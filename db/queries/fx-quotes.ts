import { sql } from 'kysely'
import type { QuoteTerms } from '../../app/domain/fx/quote.ts'
import { readRate, rateText } from '../../app/domain/fx/rate.ts'
import type { Executor, Tx } from '../client.ts'

export type FxQuote = QuoteTerms & {
	id: string
	merchantId: string
	checkoutSessionId: string | null
	createdAt: Date
	usedByPayment: string | null
}

type Row = {
	id: string
	merchant_id: string
	checkout_session_id: string | null
	settlement_minor: bigint
	settlement_currency: string
	presentment_minor: bigint
	presentment_currency: string
	mid_rate: string
	rate: string
	spread_bps: number
	source: QuoteTerms['source']
	as_of: string
	fetched_at: Date
	created_at: Date
	expires_at: Date
	used_by_payment: string | null
}

const COLUMNS = sql`id, merchant_id, checkout_session_id, settlement_minor, settlement_currency, presentment_minor,
	presentment_currency, mid_rate::text as mid_rate, rate::text as rate, spread_bps, source,
	to_char(as_of, 'YYYY-MM-DD') as as_of, fetched_at, created_at, expires_at, used_by_payment`

function rateOf(text: string): bigint {
	const rate = readRate(text)
	if (rate === null) throw new RangeError(`${text} is no rate`)
	return rate
}

const toQuote = (row: Row): FxQuote => ({
	id: row.id,
	merchantId: row.merchant_id,
	checkoutSessionId: row.checkout_session_id,
	settlement: { minor: row.settlement_minor, currency: row.settlement_currency },
	presentment: { minor: row.presentment_minor, currency: row.presentment_currency },
	midRate: rateOf(row.mid_rate),
	rate: rateOf(row.rate),
	spreadBps: row.spread_bps,
	source: row.source,
	asOf: row.as_of,
	fetchedAt: row.fetched_at,
	createdAt: row.created_at,
	expiresAt: row.expires_at,
	usedByPayment: row.used_by_payment,
})

export async function insertQuote(tx: Tx, quote: FxQuote): Promise<void> {
	const { settlement, presentment } = quote
	await sql`
		insert into fx_quotes (id, merchant_id, checkout_session_id, settlement_minor, settlement_currency,
			presentment_minor, presentment_currency, mid_rate, rate, spread_bps, source, as_of, fetched_at, created_at,
			expires_at)
		values (${quote.id}, ${quote.merchantId}, ${quote.checkoutSessionId}, ${settlement.minor},
			${settlement.currency}, ${presentment.minor}, ${presentment.currency}, ${rateText(quote.midRate)}::numeric,
			${rateText(quote.rate)}::numeric, ${quote.spreadBps}, ${quote.source}, ${quote.asOf}::date,
			${quote.fetchedAt}, ${quote.createdAt}, ${quote.expiresAt})`.execute(tx)
}

export async function findQuotes(db: Executor, ids: readonly string[]): Promise<FxQuote[]> {
	const { rows } = await sql<Row>`select ${COLUMNS} from fx_quotes where id = any(${ids})`.execute(db)
	return rows.map(toQuote)
}

export async function findQuote(db: Executor, id: string): Promise<FxQuote | undefined> {
	const [quote] = await findQuotes(db, [id])
	return quote
}

/** The newest quote of an order in this currency that nobody has used and that holds until `until` at least. */
export async function findLiveQuote(
	db: Executor,
	{ sessionId, currency, until }: { sessionId: string; currency: string; until: Date },
): Promise<FxQuote | undefined> {
	const { rows } = await sql<Row>`
		select ${COLUMNS} from fx_quotes
		where checkout_session_id = ${sessionId} and presentment_currency = ${currency} and used_by_payment is null
			and expires_at >= ${until}
		order by expires_at desc limit 1`.execute(db)
	return rows[0] && toQuote(rows[0])
}

/** False when another payment has it. */
export async function useQuote(tx: Tx, id: string, paymentId: string): Promise<boolean> {
	const { rows } = await sql`
		update fx_quotes set used_by_payment = ${paymentId}
		where id = ${id} and coalesce(used_by_payment, ${paymentId}) = ${paymentId}
		returning id`.execute(tx)
	return rows.length > 0
}

/**
 * What was taken back of a quoted payment so far, in both currencies: refunds done or on their way, and disputes whose
 * money is held or gone. Lock the payment before.
 */
export async function takenBack(
	tx: Tx,
	{ paymentId, exceptDispute }: { paymentId: string; exceptDispute: string | null },
): Promise<{ presentmentMinor: bigint; settlementMinor: bigint }> {
	const { rows } = await sql<{ presentment: bigint; settlement: bigint }>`
		select coalesce(sum(amount_minor), 0)::bigint as presentment,
			coalesce(sum(settlement_minor), 0)::bigint as settlement
		from (
			select amount_minor, settlement_minor from refunds
			where payment_id = ${paymentId} and settlement_minor is not null
				and status in ('pending', 'requires_action', 'succeeded')
			union all
			select amount_minor, settlement_minor from disputes
			where payment_id = ${paymentId} and settlement_minor is not null and funds in ('held', 'lost')
				and id is distinct from ${exceptDispute}
		) taken`.execute(tx)
	return { presentmentMinor: rows[0]?.presentment ?? 0n, settlementMinor: rows[0]?.settlement ?? 0n }
}
