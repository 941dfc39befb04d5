import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type MailToken = { kind: string; subject_id: string; email: string }

export async function insertMailToken(
	tx: Tx,
	token: MailToken & { tokenHash: Buffer; hours: number },
): Promise<void> {
	await sql`
		insert into mail_tokens (token_hash, kind, subject_id, email, expires_at)
		values (${token.tokenHash}, ${token.kind}, ${token.subject_id}, ${token.email},
			now() + make_interval(hours => ${token.hours}))`.execute(tx)
}

/** What a link is for, if it can still be used. */
export async function findMailToken(
	db: Executor,
	kind: string,
	tokenHash: Buffer,
): Promise<MailToken | undefined> {
	const { rows } = await sql<MailToken>`
		select kind, subject_id, email from mail_tokens
		where token_hash = ${tokenHash} and kind = ${kind} and used_at is null and expires_at > now()`.execute(db)
	return rows[0]
}

/** Uses a link up, and every other one for the same thing with it. Of two who try at once, one gets the row. */
export async function spendMailToken(
	tx: Tx,
	kind: string,
	tokenHash: Buffer,
): Promise<MailToken | undefined> {
	const { rows } = await sql<MailToken>`
		update mail_tokens set used_at = now()
		where token_hash = ${tokenHash} and kind = ${kind} and used_at is null and expires_at > now()
		returning kind, subject_id, email`.execute(tx)
	const spent = rows[0]
	if (spent) await voidMailTokens(tx, kind, spent.subject_id)
	return spent
}

/** Links for something that is done, or not wanted any more. */
export async function voidMailTokens(tx: Tx, kind: string, subjectId: string): Promise<void> {
	await sql`
		update mail_tokens set used_at = now()
		where kind = ${kind} and subject_id = ${subjectId} and used_at is null`.execute(tx)
}
