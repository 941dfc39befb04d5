import { sql } from 'kysely'
import type { PastPayment } from '../../app/domain/routing/simulate.ts'
import type { Executor } from '../client.ts'

type Span = { merchantId: string; limit: number; from?: Date | undefined; until?: Date | undefined }

type Row = {
	id: string
	currency: string
	amount_minor: bigint
	client_country: string | null
	card_country: string | null
	method_type: PastPayment['methodType']
	is_held: boolean
	provider: string
	known_by: string[]
	succeeded: boolean
	created_at: Date
}

export type DatedPayment = PastPayment & { createdAt: Date }

/** Payments that were charged at least once, newest first, with their first try: what routing decided about. */
export async function listPastPayments(db: Executor, span: Span): Promise<DatedPayment[]> {
	const { rows } = await sql<Row>`
		select p.id, p.currency, p.amount_minor, p.client_country, p.card_country,
			coalesce(p.method_type, case when p.card_last4 is not null then 'card' end) as method_type,
			a.request ->> 'capture' = 'manual' as is_held, a.provider,
			array(select jsonb_object_keys(p.fallback_methods)) || p.gateway as known_by,
			a.status in ('succeeded', 'authorized') as succeeded, p.created_at
		from payments p join payment_attempts a on a.payment_id = p.id and a.number = 1
		where p.merchant_id = ${span.merchantId}
			and p.created_at >= ${span.from ?? new Date(0)} and p.created_at < ${span.until ?? new Date()}
		order by p.created_at desc limit ${span.limit}`.execute(db)
	return rows.map((row) => ({
		id: row.id,
		currency: row.currency,
		amountMinor: row.amount_minor,
		payerCountry: row.client_country,
		cardCountry: row.card_country,
		methodType: row.method_type,
		isHeld: row.is_held,
		gateway: row.provider,
		knownBy: row.known_by,
		succeeded: row.succeeded,
		createdAt: row.created_at,
	}))
}
