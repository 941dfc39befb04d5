import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'
import type { Identity } from './identities.ts'

export type PendingIdentity = Identity & {
	name: string
	/** Whose account it may be linked to; null while it may begin a new one. */
	user_id: string | null
}

/** The old ones go as new ones come. */
export async function insertPendingIdentity(
	db: Executor,
	{ tokenHash, minutes, ...pending }: PendingIdentity & { tokenHash: Buffer; minutes: number },
): Promise<void> {
	await sql`
		with ended as (delete from pending_identities where expires_at < now())
		insert into pending_identities (token_hash, provider, subject, email, name, user_id, expires_at)
		values (${tokenHash}, ${pending.provider}, ${pending.subject}, ${pending.email}, ${pending.name},
			${pending.user_id}, now() + make_interval(mins => ${minutes}))`.execute(db)
}

export async function findPendingIdentity(
	db: Executor,
	tokenHash: Buffer,
): Promise<PendingIdentity | undefined> {
	const { rows } = await sql<PendingIdentity>`
		select provider, subject, email, name, user_id from pending_identities
		where token_hash = ${tokenHash} and expires_at > now()`.execute(db)
	return rows[0]
}

/** Undefined for all but the first who takes it. */
export async function takePendingIdentity(tx: Tx, tokenHash: Buffer): Promise<PendingIdentity | undefined> {
	const { rows } = await sql<PendingIdentity>`
		delete from pending_identities where token_hash = ${tokenHash} and expires_at > now()
		returning provider, subject, email, name, user_id`.execute(tx)
	return rows[0]
}
