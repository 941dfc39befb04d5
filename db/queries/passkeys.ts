import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type PasskeyRow = {
	id: string
	user_id: string
	credential_id: string
	public_key: Buffer
	counter: bigint
	transports: string[]
	backed_up: boolean
	name: string
	created_at: Date
	last_used_at: Date | null
}

/** False when the authenticator is known already, to this person or another. */
export async function insertPasskey(
	tx: Tx,
	passkey: Omit<PasskeyRow, 'created_at' | 'last_used_at'>,
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('passkeys')
		.values(passkey)
		.onConflict((conflict) => conflict.column('credential_id').doNothing())
		.executeTakeFirst()
	return numInsertedOrUpdatedRows === 1n
}

export async function listPasskeys(db: Executor, userId: string): Promise<PasskeyRow[]> {
	return db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()
}

export async function findPasskey(db: Executor, credentialId: string): Promise<PasskeyRow | undefined> {
	return db.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId).executeTakeFirst()
}

type Use = { id: string; from: bigint; to: bigint; backedUp: boolean }

/** False when it was used or removed since its counter was read. */
export async function usePasskey(db: Executor, { id, from, to, backedUp }: Use): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update passkeys set counter = ${to}, backed_up = ${backedUp}, last_used_at = now()
		where id = ${id} and counter = ${from}`.execute(db)
	return numAffectedRows === 1n
}

type Own = { id: string; userId: string }

export async function renamePasskey(tx: Tx, { id, userId, name }: Own & { name: string }): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('passkeys')
		.set({ name })
		.where('id', '=', id)
		.where('user_id', '=', userId)
		.executeTakeFirst()
	return numUpdatedRows === 1n
}

export async function deletePasskey(tx: Tx, { id, userId }: Own): Promise<boolean> {
	const { numDeletedRows } = await tx
		.deleteFrom('passkeys')
		.where('id', '=', id)
		.where('user_id', '=', userId)
		.executeTakeFirst()
	return numDeletedRows === 1n
}

export type ChallengePurpose = 'register' | 'log_in' | 'second_factor' | 'step_up'
export type Challenge = { hash: Buffer; purpose: ChallengePurpose; userId: string | null }

const CHALLENGE_MINUTES = 5

export async function insertChallenge(db: Executor, { hash, purpose, userId }: Challenge): Promise<void> {
	await sql`
		with ended as (delete from webauthn_challenges where expires_at < now())
		insert into webauthn_challenges (challenge_hash, purpose, user_id, expires_at)
		values (${hash}, ${purpose}, ${userId}, now() + make_interval(mins => ${CHALLENGE_MINUTES}))`.execute(db)
}

/** True once: whoever answers it, rightly or wrongly, uses it up. */
export async function takeChallenge(db: Executor, { hash, purpose, userId }: Challenge): Promise<boolean> {
	const { rows } = await sql`
		delete from webauthn_challenges
		where challenge_hash = ${hash} and purpose = ${purpose} and user_id is not distinct from ${userId}
			and expires_at > now()
		returning 1`.execute(db)
	return rows.length === 1
}
