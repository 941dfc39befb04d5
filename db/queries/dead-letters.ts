import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

/** Whose something is, and the thing a person knows it by: an attempt's payment, else itself. */
export type Owned = { merchant_id: string; subject_id: string }

/** The owner of whatever id a job or a check names; undefined when nothing here has it. */
export async function ownerOf(db: Executor, id: string): Promise<Owned | undefined> {
	const { rows } = await sql<Owned>`
		select merchant_id, id as subject_id from payments where id = ${id}
		union all select merchant_id, payment_id from payment_attempts where id = ${id}
		union all select merchant_id, id from refunds where id = ${id}
		union all select merchant_id, id from disputes where id = ${id}
		union all select merchant_id, id from payouts where id = ${id}
		union all select merchant_id, id from ledger_transactions where id = ${id}
		union all select merchant_id, id from ledger_accounts where id = ${id}
		union all select merchant_id, id from ledger_entries where id = ${id}
		union all select id, id from merchants where id = ${id}
		union all select a.merchant_id, w.id from webhook_inbox w
			join payment_attempts a on a.provider = w.provider
				and a.provider_ref in (w.payload #>> '{data,object,id}', w.payload #>> '{data,object,payment_intent}')
			where w.id = ${id}
		union all select m.id, w.id from webhook_inbox w
			cross join lateral (
				select id from merchants where livemode = w.livemode order by created_at, id limit 1) m
			where w.id = ${id}
		limit 1`.execute(db)
	return rows[0]
}

/** The oldest business owns the house: what belongs to nobody known is put before it. */
export async function houseOwner(db: Executor): Promise<string | undefined> {
	const { rows } = await sql<{ id: string }>`
		select id from merchants order by created_at, id limit 1`.execute(db)
	return rows[0]?.id
}

/** A message that could not be applied stays visible as such. */
export async function markDead(tx: Tx, inboxId: string): Promise<void> {
	await sql`update webhook_inbox set dead_at = now() where id = ${inboxId} and processed_at is null`.execute(
		tx,
	)
}

/** It is tried again, so it is alive. */
export async function markAlive(tx: Tx, inboxId: string): Promise<void> {
	await sql`update webhook_inbox set dead_at = null where id = ${inboxId}`.execute(tx)
}
