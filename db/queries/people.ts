import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type PersonRow = {
	id: string
	email: string
	name: string
	/** Null when none was ever chosen. */
	password_hash: string | null
	email_verified_at: Date | null
	theme: 'system' | 'light' | 'dark'
	density: 'comfortable' | 'compact'
	notifications_enabled: boolean
	created_at: Date
}

export async function findPerson(db: Executor, userId: string): Promise<PersonRow | undefined> {
	return db
		.selectFrom('users')
		.select([
			'id',
			'email',
			'name',
			'password_hash',
			'email_verified_at',
			'theme',
			'density',
			'notifications_enabled',
			'created_at',
		])
		.where('id', '=', userId)
		.executeTakeFirst() as Promise<PersonRow | undefined>
}

export async function findPersonByEmail(
	db: Executor,
	email: string,
): Promise<{ id: string; email: string; name: string } | undefined> {
	const { rows } = await sql<{ id: string; email: string; name: string }>`
		select id, email, name from users where lower(email) = lower(${email})`.execute(db)
	return rows[0]
}

/** The businesses somebody acts for, in the order they joined. */
export async function listMerchantsOf(db: Executor, userId: string): Promise<{ id: string; name: string }[]> {
	return db
		.selectFrom('memberships as b')
		.innerJoin('merchants as m', 'm.id', 'b.merchant_id')
		.select(['m.id', 'm.name'])
		.where('b.user_id', '=', userId)
		.orderBy('b.created_at')
		.orderBy('m.id')
		.execute()
}

export async function insertPerson(
	tx: Tx,
	person: Pick<PersonRow, 'id' | 'email' | 'name' | 'password_hash'>,
): Promise<void> {
	await tx
		.insertInto('users')
		.values({ ...person, email_verified_at: sql<Date>`now()` })
		.execute()
}

type OwnedMerchant = { id: string; name: string; descriptor: string; ownerId: string }

/** The live world of a new business, and its owner. */
export async function insertOwnedMerchant(
	tx: Tx,
	{ id, name, descriptor, ownerId }: OwnedMerchant,
): Promise<void> {
	await tx
		.insertInto('merchants')
		.values({ id, name, statement_descriptor: descriptor, livemode: true })
		.execute()
	await tx.insertInto('memberships').values({ merchant_id: id, user_id: ownerId, role: 'owner' }).execute()
}

export async function setPasswordHash(tx: Tx, userId: string, password_hash: string): Promise<void> {
	await tx
		.updateTable('users')
		.set({ password_hash, password_changed_at: sql<Date>`now()` })
		.where('id', '=', userId)
		.execute()
}

/** The same password under today's costs; nothing when it was changed meanwhile. */
export async function renewPasswordHash(
	db: Executor,
	{ userId, from, to }: { userId: string; from: string; to: string },
): Promise<void> {
	await db
		.updateTable('users')
		.set({ password_hash: to })
		.where('id', '=', userId)
		.where('password_hash', '=', from)
		.execute()
}

export async function setEmail(tx: Tx, userId: string, email: string): Promise<void> {
	await tx
		.updateTable('users')
		.set({ email, email_verified_at: sql<Date>`now()` })
		.where('id', '=', userId)
		.execute()
}

export async function setName(tx: Tx, userId: string, name: string): Promise<void> {
	await tx.updateTable('users').set({ name }).where('id', '=', userId).execute()
}

export async function setPreferences(
	tx: Tx,
	userId: string,
	preferences: Partial<Pick<PersonRow, 'theme' | 'density' | 'notifications_enabled'>>,
): Promise<void> {
	await tx.updateTable('users').set(preferences).where('id', '=', userId).execute()
}
