import { sql } from 'kysely'
import type { Executor } from '../client.ts'

export type PersonRow = {
	id: string
	email: string
	name: string
	password_hash: string
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
