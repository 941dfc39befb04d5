import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type InboxRow = {
	id: string
	/** The world whose secret verified it. */
	livemode: boolean
	provider: string
	event_id: string
	type: string
	payload: unknown
	processed_at: Date | null
}

/** Keeps a verified message; false when this event is here already. */
export async function insertInbox(
	tx: Tx,
	message: {
		id: string
		livemode: boolean
		provider: string
		eventId: string
		type: string
		payload: unknown
	},
): Promise<boolean> {
	const { rows } = await sql`
		insert into webhook_inbox (id, livemode, provider, event_id, type, payload, signature_ok)
		values (${message.id}, ${message.livemode}, ${message.provider}, ${message.eventId}, ${message.type},
			${JSON.stringify(message.payload)}::jsonb, true)
		on conflict (livemode, provider, event_id) do nothing
		returning id`.execute(tx)
	return rows.length > 0
}

export async function findInbox(db: Executor, id: string): Promise<InboxRow | undefined> {
	const { rows } = await sql<InboxRow>`
		select id, livemode, provider, event_id, type, payload, processed_at from webhook_inbox where id = ${id}`.execute(
		db,
	)
	return rows[0]
}

export async function markProcessed(db: Executor, id: string, outcome: string): Promise<void> {
	await sql`
		update webhook_inbox set processed_at = now(), outcome = ${outcome}
		where id = ${id} and processed_at is null`.execute(db)
}
