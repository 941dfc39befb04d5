import { sql, type RawBuilder } from 'kysely'
import { FEATURES } from '../features/feature-set.ts'
import { DAY_HOURS, type Feature, type FeatureSource } from '../features/feature.ts'
import { PAYER_WINDOWS } from '../features/payer-window.ts'
import { MERCHANT_WINDOWS } from '../features/merchant-window.ts'
import type { Executor } from '../client.ts'
import { toJson } from './payments.ts'

/** A payment that is being screened, and what is known of it already. Null is unknown. */
export type FeatureSubject = {
	id: string
	merchant_id: string
	at: Date
	payer: string | null
	worth_cents: bigint | null
	card_country: string | null
	payer_country: string | null
	card_last_hour: number | null
	email_last_hour: number | null
	ip_last_hour: number | null
	cards_per_ip_last_hour: number | null
	card_declines_last_day: number | null
}

/** A card with more payments than this in 60 days looks back on the latest only, and costs no more than any other. */
const MOST_LOOKED_BACK = 400
const MOST_HOURS_BACK = Math.max(...PAYER_WINDOWS)

const SECONDS_AGO = (from: string, to: string): string => `date_part('epoch', ${from} - ${to})`

/** The first of these windows that something lies in. */
const bandOf = (ago: string, windows: readonly number[], unitSeconds: number, isInside: '<' | '<='): string =>
	`case ${windows.map((size) => `when ${ago} ${isInside} ${size * unitSeconds} then ${size}`).join(' ')} end`

/** Added up by age first: each payment is touched once, however many features there are. */
const PAYER = `
	select ${bandOf('r.ago', PAYER_WINDOWS, 3_600, '<')} as hours, min(r.ago) as ago, count(*) as payments,
		count(r.worth) as priced, sum(r.worth) as worth, sum(r.worth * r.worth) as squares,
		count(*) filter (where r.fraud_known_at <= s.at) as frauds, count(r.payer_country) as located,
		count(*) filter (where r.payer_country = s.payer_country) as located_here
	from (
		select ${SECONDS_AGO('s.at', 'e.at')} as ago, e.worth_cents / 100.0::float8 as worth, e.payer_country,
			e.fraud_known_at
		from screened_payments e
		where e.payer = s.payer and e.at > s.at - interval '${MOST_HOURS_BACK} hours'
			and (e.at, e.payment_id) < (s.at, s.id) and e.payment_id <> s.id
		order by e.at desc, e.payment_id desc limit ${MOST_LOOKED_BACK}) r
	group by 1`

const DAY_SECONDS = DAY_HOURS * 3_600

/**
 * Whole hours from their sums; single payments only in the part hours at the ends, so that the edges are exact. The
 * part hour at the old end of a window belongs to that window alone: longer ones have the whole hour.
 */
const MERCHANT = `
	select ${bandOf('r.ago', MERCHANT_WINDOWS, DAY_SECONDS, '<=')} as days, false as is_edge,
		sum(r.payments) as payments, sum(r.frauds) as frauds
	from (
		select ${SECONDS_AGO('s.settled', `(h.until - interval '1 hour')`)} as ago, h.payments, h.frauds
		from merchant_hours h
		where h.merchant_id = s.merchant_id and h.until <= s.settled
			and h.until >= s.settled - interval '${Math.max(...MERCHANT_WINDOWS) * DAY_HOURS - 1} hours'
		union all
		select 0, 1, coalesce(y.fraud_known_at <= s.at, false)::int
		from screened_payments y
		where y.merchant_id = s.merchant_id and y.at > date_trunc('hour', s.settled, 'UTC') and y.at <= s.settled) r
	group by 1
	union all
	select w.days, true, o.payments, o.frauds
	from (values ${MERCHANT_WINDOWS.map((days) => `(${days})`).join(', ')}) w (days)
	cross join lateral (
		select count(*) as payments, count(*) filter (where l.fraud_known_at <= s.at) as frauds
		from screened_payments l
		where l.merchant_id = s.merchant_id and l.at > s.settled - make_interval(hours => ${DAY_HOURS} * w.days)
			and l.at <= hour_until(s.settled - make_interval(hours => ${DAY_HOURS} * w.days))
			and s.settled <> date_trunc('hour', s.settled, 'UTC')) o`

const ROWS: Record<FeatureSource, string> = {
	payment: '(select 1) one',
	payer: `(${PAYER}) p`,
	merchant: `(${MERCHANT}) m`,
}

/** Without a card nothing is known of its past: its counts are unknown, not 0. */
const KNOWN: Record<FeatureSource, string> = {
	payment: 'true',
	payer: 's.payer is not null',
	merchant: 'true',
}

const numberOf = ({ sql: expression, none, from }: Feature): string =>
	from === 'payer'
		? `coalesce(case when ${KNOWN[from]} then (${expression}) end::real, ${none})`
		: `coalesce((${expression})::real, ${none})`

const SOURCES: readonly FeatureSource[] = ['payment', 'payer', 'merchant']

const columnOf = (index: number): string => `f${index}`

const lateralOf = (source: FeatureSource): string => {
	const columns = FEATURES.flatMap((feature, index) =>
		feature.from === source ? `${numberOf(feature)} as ${columnOf(index)}` : [],
	)
	return `cross join lateral (select ${columns.join(', ')} from ${ROWS[source]}) of_${source}`
}

const LATERALS: RawBuilder<unknown> = sql.raw(SOURCES.map(lateralOf).join('\n'))
const VECTOR: RawBuilder<unknown> = sql.raw(
	`array[${FEATURES.map((_, index) => columnOf(index)).join(', ')}]`,
)

/**
 * Every feature of these payments as of their own moments: nothing later than (at, id) is looked at, and no outcome
 * that was not known by then. `labelAgeHours`: outcomes of younger payments are not counted, whatever is known.
 */
export async function readFeatures(
	db: Executor,
	subjects: readonly FeatureSubject[],
	labelAgeHours: number,
): Promise<Map<string, Float32Array>> {
	const { rows } = await sql<{ id: string; vector: number[] }>`
		with given as (
			select * from jsonb_to_recordset(${toJson(subjects)}::jsonb) as g (id text, merchant_id text, at timestamptz,
				payer text, worth_cents bigint, card_country text, payer_country text, card_last_hour int,
				email_last_hour int, ip_last_hour int, cards_per_ip_last_hour int, card_declines_last_day int)
		), s as materialized (
			select g.*, g.worth_cents / 100.0::float8 as worth,
				g.at - make_interval(hours => ${labelAgeHours}::int) as settled
			from given g
		)
		select s.id, ${VECTOR} as vector from s ${LATERALS}`.execute(db)
	return new Map(rows.map(({ id, vector }) => [id, Float32Array.from(vector)]))
}
