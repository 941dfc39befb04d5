import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type SignUpRow = {
	id: string
	email: string
	name: string
	merchant_name: string
	password_hash: string
}

/** The old ones go as new ones come. */
export async function insertSignUp(tx: Tx, signUp: SignUpRow & { hours: number }): Promise<void> {
	await sql`delete from sign_ups where expires_at < now()`.execute(tx)
	await sql`
		insert into sign_ups (id, email, name, merchant_name, password_hash, expires_at)
		values (${signUp.id}, ${signUp.email}, ${signUp.name}, ${signUp.merchant_name}, ${signUp.password_hash},
			now() + make_interval(hours => ${signUp.hours}))`.execute(tx)
}

export async function findSignUp(db: Executor, id: string): Promise<SignUpRow | undefined> {
	const { rows } = await sql<SignUpRow>`
		select id, email, name, merchant_name, password_hash from sign_ups
		where id = ${id} and expires_at > now()`.execute(db)
	return rows[0]
}

/** The latest sign-up that waits for its address to be proven. */
export async function findSignUpByEmail(db: Executor, email: string): Promise<SignUpRow | undefined> {
	const { rows } = await sql<SignUpRow>`
		select id, email, name, merchant_name, password_hash from sign_ups
		where lower(email) = lower(${email}) and expires_at > now()
		order by created_at desc limit 1`.execute(db)
	return rows[0]
}

/** Every sign-up of that address: it has an account now. */
export async function deleteSignUps(tx: Tx, email: string): Promise<void> {
	await sql`delete from sign_ups where lower(email) = lower(${email})`.execute(tx)
}
