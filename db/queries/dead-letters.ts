import { sql } from 'kysely'
import type { Tx } from '../client.ts'

/** The merchant behind whatever id a job carried. */
export async function merchantOfSubject(db: Tx, subjectId: string): Promise<string | undefined> {
	const { rows } = await sql<{ merchant_id: string }>`
		select merchant_id from payments where id = ${subjectId}
		union all select merchant_id from payment_attempts where id = ${subjectId}
		union all select merchant_id from refunds where id = ${subjectId}
		union all select a.merchant_id from webhook_inbox w
			join payment_attempts a on a.provider = w.provider
				and a.provider_ref in (w.payload #>> '{data,object,id}', w.payload #>> '{data,object,payment_intent}')
			where w.id = ${subjectId}
		limit 1`.execute(db)
	return rows[0]?.merchant_id
}

/** A message that could not be applied stays visible as such. */
export async function markDead(tx: Tx, inboxId: string): Promise<void> {
	await sql`update webhook_inbox set dead_at = now() where id = ${inboxId} and processed_at is null`.execute(
		tx,
	)
}
