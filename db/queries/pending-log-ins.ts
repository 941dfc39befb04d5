import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type PendingLogIn = { user_id: string; merchant_id: string }

export async function insertPendingLogIn(
	tx: Tx,
	pending: { tokenHash: Buffer; userId: string; merchantId: string; minutes: number },
): Promise<void> {
	await sql`
		with ended as (delete from pending_log_ins where expires_at < now())
		insert into pending_log_ins (token_hash, user_id, merchant_id, expires_at)
		values (${pending.tokenHash}, ${pending.userId}, ${pending.merchantId},
			now() + make_interval(mins => ${pending.minutes}))`.execute(tx)
}

export async function findPendingLogIn(db: Executor, tokenHash: Buffer): Promise<PendingLogIn | undefined> {
	const { rows } = await sql<PendingLogIn>`
		select user_id, merchant_id from pending_log_ins
		where token_hash = ${tokenHash} and expires_at > now()`.execute(db)
	return rows[0]
}

/** Ends it at the last wrong try; false then. */
export async function countWrongTry(tx: Tx, tokenHash: Buffer, most: number): Promise<boolean> {
	const { rows } = await sql<{ wrong_tries: number }>`
		update pending_log_ins set wrong_tries = wrong_tries + 1 where token_hash = ${tokenHash}
		returning wrong_tries`.execute(tx)
	const tries = rows[0]?.wrong_tries ?? most
	if (tries < most) return true
	await sql`delete from pending_log_ins where token_hash = ${tokenHash}`.execute(tx)
	return false
}

/** True for the one who finishes it. */
export async function takePendingLogIn(tx: Tx, tokenHash: Buffer): Promise<boolean> {
	const { rows } = await sql`
		delete from pending_log_ins where token_hash = ${tokenHash} and expires_at > now() returning 1`.execute(tx)
	return rows.length === 1
}
