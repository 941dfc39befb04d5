import type { Kysely } from 'kysely'
import type { JWK } from 'jose'
import { inTransaction, type Tx } from '#db/client.ts'
import {
	findCurrentSigningKey,
	insertSigningKey,
	listVerifyingKeys,
	lockSigningKeys,
	retireSigningKeys,
	type SigningKeyRow,
} from '#db/queries/signing-keys.ts'
import type { DB } from '#db/schema.ts'
import type { Vault } from '../../vault/vault.server.ts'
import {
	ACCESS_TOKEN_SECONDS,
	newSigningKey,
	type SigningKey,
} from '../../credentials/access-token.server.ts'

export type SigningKeys = {
	/** The key that signs now; made when there is none yet. */
	current(): Promise<SigningKey>
	/** The public half of a key that signs or signed lately. */
	find(kid: string): Promise<JWK | undefined>
}

/** Another instance may have retired the key: it is looked at again that often, and never signs unseen for longer. */
const FRESH_MS = 60_000
const STALE_MS = 300_000
/** What an instance that had not heard of the change signed is verified to its end. */
const OVERLAP_SECONDS = STALE_MS / 1_000 + ACCESS_TOKEN_SECONDS + 60

type Deps = { db: Kysely<DB>; vault: Vault }

const SUBJECT = { subjectId: 'signing_keys', merchantId: null, purpose: 'tokens' }
const placeOf = (kid: string) => ({ table: 'signing_keys', column: 'private_key', rowId: kid })

async function addSigningKey(tx: Tx, vault: Vault): Promise<string> {
	const { kid, publicJwk, privateJwk } = await newSigningKey()
	const privateKey = await vault.seal(tx, SUBJECT, placeOf(kid), JSON.stringify(privateJwk))
	await insertSigningKey(tx, { kid, publicJwk, privateKey })
	return kid
}

/** From now on another key signs; what the old one signed holds to its end. Returns the new key's id. */
export const rotateSigningKey = ({ db, vault }: Deps): Promise<string> =>
	inTransaction(db, async (tx) => {
		await lockSigningKeys(tx)
		await retireSigningKeys(tx)
		return addSigningKey(tx, vault)
	})

const makeFirst = ({ db, vault }: Deps): Promise<SigningKeyRow | undefined> =>
	inTransaction(db, async (tx) => {
		await lockSigningKeys(tx)
		if (!(await findCurrentSigningKey(tx))) await addSigningKey(tx, vault)
		return findCurrentSigningKey(tx)
	})

/** Keeps the keys in memory, so that neither signing nor checking a token waits for the database. */
export function createSigningKeys(deps: Deps, now: () => number = () => performance.now()): SigningKeys {
	let signing: { key: SigningKey; at: number } | undefined
	let loading: Promise<SigningKey> | undefined
	let verifying: { keys: ReadonlyMap<string, JWK>; at: number } | undefined

	async function load(): Promise<SigningKey> {
		const at = now()
		const row = (await findCurrentSigningKey(deps.db)) ?? (await makeFirst(deps))
		if (!row) throw new Error('no key signs access tokens')
		const privateJwk = JSON.parse(
			await deps.vault.open(deps.db, { ...placeOf(row.kid), merchantId: null }, row.private_key),
		) as JWK
		signing = { key: { kid: row.kid, privateJwk }, at }
		return signing.key
	}

	const reload = (): Promise<SigningKey> =>
		(loading ??= load().finally(() => {
			loading = undefined
		}))

	async function loadVerifying(): Promise<ReadonlyMap<string, JWK>> {
		const at = now()
		const rows = await listVerifyingKeys(deps.db, OVERLAP_SECONDS)
		verifying = { keys: new Map(rows.map(({ kid, public_jwk }) => [kid, public_jwk as JWK])), at }
		return verifying.keys
	}

	return {
		async current() {
			const age = signing ? now() - signing.at : Infinity
			if (!signing || age > STALE_MS) return reload()
			if (age > FRESH_MS) reload().catch(() => undefined) // the next one waits for it and is told
			return signing.key
		},
		async find(kid) {
			const isFresh = verifying !== undefined && now() - verifying.at < FRESH_MS
			const known = isFresh ? verifying?.keys.get(kid) : undefined
			return known ?? (await loadVerifying()).get(kid)
		},
	}
}
