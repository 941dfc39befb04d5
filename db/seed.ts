import { createHash, createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { hashPassword } from '../app/passwords/argon2.server.ts'
import { newId } from '../app/domain/ids/new-id.ts'
import { createDatabase, createPool, inTransaction, type Tx } from './client.ts'

type Login = { email: string; password: string }

export type SeededDemo = {
	owner: Login
	/** A second person, for what one person may not decide alone. */
	manager: Login
	merchantId: string
	publishableKey: string
	secretKey: string
}

const OWNER_EMAIL = 'owner@tillhouse.test'
const MANAGER_EMAIL = 'manager@tillhouse.test'
const DEMO_NAME = 'Corner & Co.'
/** The demo's shop is priced in it (app/domain/shop/products.ts). */
const SHOP_CURRENCY = 'usd'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

const derived = (seed: string, purpose: string): string =>
	createHmac('sha256', seed).update(purpose).digest('base64url').slice(0, 32)

async function insertOwner(tx: Tx, passwordHash: string): Promise<string> {
	const merchantId = newId('mer')
	const userId = newId('usr')
	await tx
		.insertInto('merchants')
		.values({
			id: merchantId,
			name: DEMO_NAME,
			statement_descriptor: 'CORNER AND CO',
			settlement_currency: SHOP_CURRENCY,
			// Whoever tries the demo is not asked to set up a phone first.
			require_second_factor: false,
		})
		.execute()
	await tx
		.insertInto('users')
		.values({
			id: userId,
			email: OWNER_EMAIL,
			name: 'Olive Owner',
			password_hash: passwordHash,
			email_verified_at: sql<Date>`now()`,
		})
		.execute()
	await tx
		.insertInto('memberships')
		.values({ merchant_id: merchantId, user_id: userId, role: 'owner' })
		.execute()
	return merchantId
}

/** Made also in a demo that is older than this person. */
async function ensureManager(tx: Tx, merchantId: string, { email, password }: Login): Promise<void> {
	const password_hash = await hashPassword(password)
	const known = await tx
		.updateTable('users')
		.set({ password_hash })
		.where('email', '=', email)
		.returning('id')
		.executeTakeFirst()
	if (known) return
	const id = newId('usr')
	const email_verified_at = sql<Date>`now()`
	await tx
		.insertInto('users')
		.values({ id, email, name: 'Max Manager', password_hash, email_verified_at })
		.execute()
	await tx.insertInto('memberships').values({ merchant_id: merchantId, user_id: id, role: 'admin' }).execute()
}

/** The demo merchant, made if it is missing, with the log-in and the keys of these secrets. */
async function ensureDemo(tx: Tx, secrets: Omit<SeededDemo, 'merchantId'>): Promise<string> {
	const passwordHash = await hashPassword(secrets.owner.password)
	const owner = await tx
		.updateTable('users')
		.set({ password_hash: passwordHash })
		.where('email', '=', OWNER_EMAIL)
		.returning('id')
		.executeTakeFirst()
	const membership =
		owner &&
		(await tx
			.selectFrom('memberships')
			.select('merchant_id')
			.where('user_id', '=', owner.id)
			.executeTakeFirst())
	const merchantId = membership?.merchant_id ?? (await insertOwner(tx, passwordHash))
	const keys = [
		['secret', secrets.secretKey],
		['publishable', secrets.publishableKey],
	] as const
	for (const [kind, key] of keys) {
		await tx
			.insertInto('api_keys')
			.values({
				id: newId('key'),
				merchant_id: merchantId,
				kind,
				key_hash: sha256(key),
				hint: `…${key.slice(-4)}`,
			})
			.execute()
	}
	return merchantId
}

const KEYS = { secretKey: 'sk_test_', publishableKey: 'pk_test_' } as const

/**
 * Makes the demo merchant once. Its secrets are derived from `seed`, which the caller keeps outside the database:
 * a later start with the same seed gives the same log-in and keys; another seed replaces them.
 */
export async function seedDemo(url: string, seed: string): Promise<SeededDemo> {
	const pool = createPool({
		url,
		max: 1,
		applicationName: 'tillhouse-seed',
		sees: 'every merchant',
		onError: () => undefined,
	})
	const db = createDatabase(pool)
	const secrets = {
		owner: { email: OWNER_EMAIL, password: derived(seed, 'owner').slice(0, 20) },
		manager: { email: MANAGER_EMAIL, password: derived(seed, 'manager').slice(0, 20) },
		publishableKey: KEYS.publishableKey + derived(seed, 'publishable'),
		secretKey: KEYS.secretKey + derived(seed, 'secret'),
	}
	try {
		return await inTransaction(db, async (tx) => {
			const existing = await tx
				.selectFrom('api_keys')
				.select('merchant_id')
				.where('key_hash', '=', sha256(secrets.secretKey))
				.executeTakeFirst()
			const merchantId = existing?.merchant_id ?? (await ensureDemo(tx, secrets))
			await ensureManager(tx, merchantId, secrets.manager)
			return { ...secrets, merchantId }
		})
	} finally {
		await pool.end()
	}
}
