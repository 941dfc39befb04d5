import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type Identity = { provider: 'google'; subject: string; email: string }

export async function findIdentityOwner(
	db: Executor,
	{ provider, subject }: Pick<Identity, 'provider' | 'subject'>,
): Promise<string | null> {
	const row = await db
		.selectFrom('linked_identities')
		.select('user_id')
		.where('provider', '=', provider)
		.where('subject', '=', subject)
		.executeTakeFirst()
	return row?.user_id ?? null
}

export type LinkedRow = { email: string; created_at: Date; last_used_at: Date | null }

export async function findLinkedIdentity(
	db: Executor,
	{ userId, provider }: { userId: string; provider: Identity['provider'] },
): Promise<LinkedRow | undefined> {
	return db
		.selectFrom('linked_identities')
		.select(['email', 'created_at', 'last_used_at'])
		.where('user_id', '=', userId)
		.where('provider', '=', provider)
		.executeTakeFirst()
}

/** False when it belongs to somebody already, or they have one of that provider. */
export async function insertIdentity(
	tx: Tx,
	{ provider, subject, email, userId }: Identity & { userId: string },
): Promise<boolean> {
	const { rows } = await sql`
		insert into linked_identities (provider, subject, email, user_id)
		values (${provider}, ${subject}, ${email}, ${userId})
		on conflict do nothing returning 1`.execute(tx)
	return rows.length === 1
}

export async function deleteIdentity(
	tx: Tx,
	{ userId, provider }: { userId: string; provider: Identity['provider'] },
): Promise<boolean> {
	const { numDeletedRows } = await tx
		.deleteFrom('linked_identities')
		.where('user_id', '=', userId)
		.where('provider', '=', provider)
		.executeTakeFirst()
	return numDeletedRows === 1n
}

export async function noteIdentityUse(
	db: Executor,
	{ provider, subject }: Pick<Identity, 'provider' | 'subject'>,
): Promise<void> {
	await sql`
		update linked_identities set last_used_at = now()
		where provider = ${provider} and subject = ${subject}`.execute(db)
}

/** Ways of a person to sign in, without which they could not come back. Whoever takes one away waits here for others. */
export async function lockWaysIn(
	tx: Tx,
	userId: string,
): Promise<{ password: boolean; passkeys: number; identities: number }> {
	const { rows } = await sql<{ password: boolean }>`
		select password_hash is not null as password from users where id = ${userId} for no key update`.execute(tx)
	// Counted by a statement of its own: it sees what was committed while this one waited.
	const counted = await sql<{ passkeys: number; identities: number }>`
		select (select count(*)::int from passkeys where user_id = ${userId}) as passkeys,
			(select count(*)::int from linked_identities where user_id = ${userId}) as identities`.execute(tx)
	return { password: false, passkeys: 0, identities: 0, ...rows[0], ...counted.rows[0] }
}
