import { sql } from 'kysely'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type NewScreenedPayment = {
	payment_id: string
	merchant_id: string
	at: Date
	payer: string | null
	worth_cents: bigint | null
	payer_country: string | null
}

/** Remembers payments for later ones to look back on. A second try changes the payer, and is not counted again. */
export async function recordScreened(tx: Tx, rows: readonly NewScreenedPayment[]): Promise<void> {
	if (rows.length === 0) return
	await sql`
		with kept as (
			insert into screened_payments (payment_id, merchant_id, at, payer, worth_cents, payer_country)
			select payment_id, merchant_id, at, payer, worth_cents, payer_country
			from jsonb_populate_recordset(null::screened_payments, ${toJson(rows)}::jsonb)
			on conflict (payment_id) do update set payer = excluded.payer, worth_cents = excluded.worth_cents
			returning merchant_id, at, xmax = 0 as is_new
		)
		insert into merchant_hours as h (merchant_id, until, payments)
		select merchant_id, hour_until(at), count(*) from kept where is_new
		-- In one order everywhere, so that two transactions never wait for each other in a circle.
		group by 1, 2 order by 1, 2
		on conflict (merchant_id, until) do update set payments = h.payments + excluded.payments`.execute(tx)
}
