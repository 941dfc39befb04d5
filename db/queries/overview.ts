import { sql } from 'kysely'
import type { Executor } from '../client.ts'

type Span = { merchantId: string; currency: string; from: Date }

export type Totals = {
	volume: bigint
	payments: number
	succeeded: number
	ended: number
	p50_ms: number | null
	p95_ms: number | null
}

/**
 * Volume = sum captured; a payment has ended when it is terminal or its last try was declined; time to the end is
 * from accept to the terminal state.
 */
export async function readTotals(db: Executor, { merchantId, currency, from }: Span): Promise<Totals> {
	const { rows } = await sql<Totals>`
		select coalesce(sum(captured_minor), 0)::bigint as volume,
			count(*) filter (where status = 'succeeded')::int as payments,
			count(*) filter (where status = 'succeeded')::int as succeeded,
			count(*) filter (where terminal_at is not null or error is not null)::int as ended,
			percentile_cont(0.5) within group (order by extract(epoch from terminal_at - created_at) * 1000)
				filter (where status in ('succeeded', 'failed')) as p50_ms,
			percentile_cont(0.95) within group (order by extract(epoch from terminal_at - created_at) * 1000)
				filter (where status in ('succeeded', 'failed')) as p95_ms
		from payments
		where merchant_id = ${merchantId} and created_at >= ${from} and currency = ${currency}`.execute(db)
	return rows[0] ?? { volume: 0n, payments: 0, succeeded: 0, ended: 0, p50_ms: null, p95_ms: null }
}

export async function readRefundTotals(
	db: Executor,
	{ merchantId, currency, from }: Span,
): Promise<{ amount: bigint; count: number }> {
	const { rows } = await sql<{ amount: bigint; count: number }>`
		select coalesce(sum(amount_minor), 0)::bigint as amount, count(*)::int as count
		from refunds
		where merchant_id = ${merchantId} and created_at >= ${from} and currency = ${currency}
			and status in ('pending', 'requires_action', 'succeeded')`.execute(db)
	return rows[0] ?? { amount: 0n, count: 0 }
}

/** Whatever waits for review now, of any age. */
export async function readReviewTotals(
	db: Executor,
	{ merchantId, currency }: Pick<Span, 'merchantId' | 'currency'>,
): Promise<{ amount: bigint; count: number }> {
	const { rows } = await sql<{ amount: bigint; count: number }>`
		select coalesce(sum(amount_minor), 0)::bigint as amount, count(*)::int as count
		from payments
		where merchant_id = ${merchantId} and status = 'in_review' and currency = ${currency}`.execute(db)
	return rows[0] ?? { amount: 0n, count: 0 }
}

export type Bucket = { at: Date; volume: bigint; succeeded: number; failed: number; open: number }

/** Every bucket of the span, empty ones included, oldest first. */
export async function readSeries(
	db: Executor,
	{ merchantId, currency, from, to, bucketSeconds }: Span & { to: Date; bucketSeconds: number },
): Promise<Bucket[]> {
	const { rows } = await sql<Bucket>`
		select b.at, coalesce(sum(p.captured_minor), 0)::bigint as volume,
			count(p.id) filter (where p.status = 'succeeded')::int as succeeded,
			count(p.id) filter (where p.status in ('failed', 'canceled')
				or (p.status = 'requires_payment_method' and p.error is not null))::int as failed,
			count(p.id) filter (where p.status not in ('succeeded', 'failed', 'canceled')
				and not (p.status = 'requires_payment_method' and p.error is not null))::int as open
		from generate_series(
			date_bin(make_interval(secs => ${bucketSeconds}), ${from}::timestamptz, 'epoch'), ${to}::timestamptz,
			make_interval(secs => ${bucketSeconds})) as b (at)
		left join payments p on p.merchant_id = ${merchantId} and p.currency = ${currency}
			and p.created_at >= greatest(b.at, ${from}::timestamptz)
			and p.created_at < b.at + make_interval(secs => ${bucketSeconds})
		group by b.at order by b.at`.execute(db)
	return rows
}

/** What was collected in a period, per currency. */
export async function readVolumes(
	db: Executor,
	{ merchantId, from }: Pick<Span, 'merchantId' | 'from'>,
): Promise<{ currency: string; minor: bigint }[]> {
	const { rows } = await sql<{ currency: string; minor: bigint }>`
		select currency, sum(captured_minor)::bigint as minor
		from payments
		where merchant_id = ${merchantId} and created_at >= ${from} and captured_minor > 0
		group by currency order by currency`.execute(db)
	return rows
}

/** Currencies of the last 90 days, most used first. */
export async function readCurrencies(db: Executor, merchantId: string): Promise<string[]> {
	const { rows } = await sql<{ currency: string }>`
		select currency from payments
		where merchant_id = ${merchantId} and created_at > now() - interval '90 days'
		group by currency order by count(*) desc, currency`.execute(db)
	return rows.map((row) => row.currency)
}
