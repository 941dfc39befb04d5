import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type SigningKeyRow = { kid: string; public_jwk: unknown; private_key: string }

export async function findCurrentSigningKey(db: Executor): Promise<SigningKeyRow | undefined> {
	const { rows } = await sql<SigningKeyRow>`
		select kid, public_jwk, private_key from signing_keys where retired_at is null`.execute(db)
	return rows[0]
}

/** The key that signs, and those whose tokens may still be about. */
export async function listVerifyingKeys(
	db: Executor,
	overlapSeconds: number,
): Promise<{ kid: string; public_jwk: unknown }[]> {
	const { rows } = await sql<{ kid: string; public_jwk: unknown }>`
		select kid, public_jwk from signing_keys
		where retired_at is null or retired_at > now() - make_interval(secs => ${overlapSeconds})`.execute(db)
	return rows
}

/** Whoever makes keys waits for whoever is making one. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtext('signing_keys'))`.execute(tx)
}

export async function retireSigningKeys(tx: Tx): Promise<void> {
	await sql`update signing_keys set retired_at = now() where retired_at is null`.execute(tx)
	await sql`delete from signing_keys where retired_at < now() - interval '30 days'`.execute(tx)
}

export async function insertSigningKey(
	tx: Tx,
	{ kid, publicJwk, privateKey }: { kid: string; publicJwk: object; privateKey: string },
): Promise<void> {
	await sql`
		insert into signing_keys (kid, public_jwk, private_key)
		values (${kid}, ${JSON.stringify(publicJwk)}::jsonb, ${privateKey})`.execute(tx)
}
