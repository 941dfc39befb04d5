import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type SessionRow = {
	id: string
	merchant_name: string
	user_agent: string | null
	network: string | null
	created_at: Date
	last_seen_at: Date
	is_this: boolean
}

/** The live ones of a person, this one first, then the latest seen. */
export async function listSessions(
	db: Executor,
	{ userId, thisHash }: { userId: string; thisHash: Buffer },
): Promise<SessionRow[]> {
	const { rows } = await sql<SessionRow>`
		select s.id, m.name as merchant_name, s.user_agent, s.network, s.created_at, s.last_seen_at,
			s.token_hash = ${thisHash} as is_this
		from sessions s join merchants m on m.id = s.merchant_id
		where s.user_id = ${userId} and s.expires_at > now() and s.last_seen_at > now() - interval '30 minutes'
		order by is_this desc, s.last_seen_at desc`.execute(db)
	return rows
}

/** Ends every session of a person, but one if it is named. */
export async function deleteSessionsOf(
	tx: Tx,
	userId: string,
	keptHash: Buffer | null = null,
): Promise<void> {
	await sql`
		delete from sessions where user_id = ${userId} and token_hash is distinct from ${keptHash}::bytea`.execute(tx)
}

/** One session of that person. */
export async function deleteSessionById(
	tx: Tx,
	{ userId, id }: { userId: string; id: string },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		delete from sessions where user_id = ${userId} and id::text = ${id}`.execute(tx)
	return (numAffectedRows ?? 0n) > 0n
}

/** Gives a session a new id and another business of that person, or the other world of the same one; false when they do not belong to it. */
export async function moveSession(
	tx: Tx,
	session: { from: Buffer; to: Buffer; userId: string; merchantId: string },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update sessions s set token_hash = ${session.to}, merchant_id = m.id, account_id = m.account_id
		from merchants m join memberships b on b.merchant_id = m.account_id
		where s.token_hash = ${session.from} and s.user_id = ${session.userId}
			and m.id = ${session.merchantId} and b.user_id = ${session.userId}`.execute(tx)
	return (numAffectedRows ?? 0n) > 0n
}
