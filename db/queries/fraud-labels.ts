import { sql } from 'kysely'
import type { LabelSource, Verdict } from '../../app/domain/fraud/labels.ts'
import { LABEL_PRECEDENCE } from '../../app/domain/fraud/labels.ts'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type NewLabel = {
	merchant_id: string
	payment_id: string
	source: LabelSource
	verdict: Verdict
	/** Null: now. */
	known_at: Date | null
	actor: string
}

/**
 * Adds what became known, and keeps what features look back on in step: the payment's own row, and the hour the payment
 * (not the label) belongs to. Which label is in force follows from their sources, then from which came last.
 */
export async function appendLabels(tx: Tx, labels: readonly NewLabel[]): Promise<void> {
	if (labels.length === 0) return
	await sql`
		insert into fraud_labels (merchant_id, payment_id, source, verdict, known_at, actor)
		select merchant_id, payment_id, source, verdict, coalesce(known_at, now()), actor
		from jsonb_populate_recordset(null::fraud_labels, ${toJson(labels)}::jsonb)`.execute(tx)
	const payments = [...new Set(labels.map((label) => label.payment_id))]
	await sql`
		with before as (
			select payment_id, merchant_id, hour_until(at) as until, fraud_known_at from screened_payments
			where payment_id = any(${payments}::text[]) order by payment_id for update
		), in_force as (
			select distinct on (payment_id) payment_id, verdict from fraud_labels
			where payment_id = any(${payments}::text[])
			order by payment_id, array_position(${[...LABEL_PRECEDENCE]}::text[], source), known_at desc, id desc
		), now_known as (
			select b.*, case when f.verdict = 'fraud' then (select min(l.known_at) from fraud_labels l
				where l.payment_id = b.payment_id and l.verdict = 'fraud') end as known_at
			from before b join in_force f using (payment_id)
		), changed as (
			update screened_payments p set fraud_known_at = n.known_at from now_known n
			where p.payment_id = n.payment_id and n.known_at is distinct from n.fraud_known_at
			returning n.merchant_id, n.until, (n.known_at is not null)::int - (n.fraud_known_at is not null)::int as more
		), by_hour as (
			select merchant_id, until, sum(more)::int as more from changed group by 1, 2 order by 1, 2
		)
		update merchant_hours h set frauds = h.frauds + b.more from by_hour b
		where h.merchant_id = b.merchant_id and h.until = b.until and b.more <> 0`.execute(tx)
}
