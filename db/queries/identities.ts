import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

type Account = { issuer: string; subject: string }

/** Who signs in with this account elsewhere. Never asked by e-mail: addresses change hands. */
export async function findLinkedPerson(db: Executor, { issuer, subject }: Account): Promise<string | null> {
	const row = await db
		.selectFrom('identities')
		.select('user_id')
		.where('issuer', '=', issuer)
		.where('subject', '=', subject)
		.executeTakeFirst()
	return row?.user_id ?? null
}

export async function findIdentity(
	db: Executor,
	{ userId, issuer }: { userId: string; issuer: string },
): Promise<{ email: string } | undefined> {
	return db
		.selectFrom('identities')
		.select('email')
		.where('user_id', '=', userId)
		.where('issuer', '=', issuer)
		.executeTakeFirst()
}

/** False when the account belongs to a person already, or the person has one of this issuer. */
export async function insertIdentity(
	tx: Tx,
	identity: Account & { user_id: string; email: string },
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		insert into identities (issuer, subject, user_id, email)
		values (${identity.issuer}, ${identity.subject}, ${identity.user_id}, ${identity.email})
		on conflict do nothing`.execute(tx)
	return numAffectedRows === 1n
}

export async function deleteIdentity(
	tx: Tx,
	{ userId, issuer }: { userId: string; issuer: string },
): Promise<boolean> {
	const { numDeletedRows } = await tx
		.deleteFrom('identities')
		.where('user_id', '=', userId)
		.where('issuer', '=', issuer)
		.executeTakeFirst()
	return numDeletedRows === 1n
}
