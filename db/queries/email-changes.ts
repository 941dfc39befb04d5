import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type EmailChangeRow = { id: string; user_id: string; from_email: string; to_email: string }

export async function findEmailChange(db: Executor, id: string): Promise<EmailChangeRow | undefined> {
	const { rows } = await sql<EmailChangeRow>`
		select id, user_id, from_email, to_email from email_changes where id = ${id}`.execute(db)
	return rows[0]
}

export async function findOpenEmailChange(db: Executor, userId: string): Promise<EmailChangeRow | undefined> {
	const { rows } = await sql<EmailChangeRow>`
		select id, user_id, from_email, to_email from email_changes
		where user_id = ${userId} and confirmed_at is null and dropped_at is null`.execute(db)
	return rows[0]
}

export async function dropEmailChange(tx: Tx, userId: string): Promise<void> {
	await sql`
		update email_changes set dropped_at = now()
		where user_id = ${userId} and confirmed_at is null and dropped_at is null`.execute(tx)
}

export async function insertEmailChange(tx: Tx, change: EmailChangeRow): Promise<void> {
	await sql`
		insert into email_changes (id, user_id, from_email, to_email)
		values (${change.id}, ${change.user_id}, ${change.from_email}, ${change.to_email})`.execute(tx)
}

/** Undefined when it was dropped or confirmed before. */
export async function confirmEmailChange(tx: Tx, id: string): Promise<EmailChangeRow | undefined> {
	const { rows } = await sql<EmailChangeRow>`
		update email_changes set confirmed_at = now()
		where id = ${id} and confirmed_at is null and dropped_at is null
		returning id, user_id, from_email, to_email`.execute(tx)
	return rows[0]
}
