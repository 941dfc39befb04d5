import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'
import { revokeFamiliesOf } from './tokens.ts'

/** Whether this session proved who it is within the last minutes. */
export async function isFreshSession(db: Executor, tokenHash: Buffer, minutes: number): Promise<boolean> {
	const { rows } = await sql<{ fresh: boolean }>`
		select checked_at > now() - make_interval(mins => ${minutes}) as fresh
		from sessions where token_hash = ${tokenHash} and expires_at > now()`.execute(db)
	return rows[0]?.fresh ?? false
}

/** The same session under a new id, proven now. False when it has ended meanwhile. */
export async function renewSession(tx: Tx, { from, to }: { from: Buffer; to: Buffer }): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update sessions set token_hash = ${to}, checked_at = now(), last_seen_at = now()
		where token_hash = ${from} and expires_at > now()`.execute(tx)
	return numAffectedRows === 1n
}

/** Tokens of the API included. Null ends all of them. */
export async function endOtherSessions(
	tx: Tx,
	{ userId, except }: { userId: string; except: Buffer | null },
): Promise<void> {
	await sql`
		delete from sessions
		where user_id = ${userId} and token_hash is distinct from ${except}`.execute(tx)
	await revokeFamiliesOf(tx, userId)
}

export async function findPasswordHash(db: Executor, userId: string): Promise<string | null> {
	const { rows } = await sql<{ password_hash: string | null }>`
		select password_hash from users where id = ${userId}`.execute(db)
	return rows[0]?.password_hash ?? null
}
