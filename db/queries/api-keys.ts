import { sql } from 'kysely'
import type { ApiKeyKind } from '../../app/domain/access/api-keys.ts'
import type { Executor, Tx } from '../client.ts'

/** A key as every request needs it. */
export type KnownKeyRow = {
	id: string
	merchant_id: string
	/** Of the merchant's world, which its text names as well. */
	livemode: boolean
	account_id: string
	account_livemode: boolean
	kind: ApiKeyKind
	key_hash: Buffer
	permissions: string[] | null
	networks: string[]
	requests_per_minute: number | null
	expires_at: Date | null
	is_suspended: boolean
	/** Of the business that runs the installation, and of its own first world: the queues hold the jobs of both. */
	runs_house: boolean
}

const KNOWN = sql`
	k.id, k.merchant_id, w.livemode, m.id as account_id, m.livemode as account_livemode, k.kind, k.key_hash, k.permissions,
	k.networks, k.requests_per_minute, k.expires_at, w.suspended_at is not null as is_suspended,
	w.id = gateway_account_owner() as runs_house
	from api_keys k join merchants w on w.id = k.merchant_id join merchants m on m.id = w.account_id`

export async function findKeyById(db: Executor, id: string): Promise<KnownKeyRow | undefined> {
	const { rows } = await sql<KnownKeyRow>`
		select ${KNOWN} where k.id = ${id} and k.revoked_at is null`.execute(db)
	return rows[0]
}

/** Keys of the older form say nothing about themselves. */
export async function findKeyByHash(db: Executor, keyHash: Buffer): Promise<KnownKeyRow | undefined> {
	const { rows } = await sql<KnownKeyRow>`
		select ${KNOWN} where k.key_hash = ${keyHash} and k.revoked_at is null`.execute(db)
	return rows[0]
}

/** Two instances that saw the key in the same minute write it once. */
export async function markKeyUsed(db: Executor, id: string): Promise<void> {
	await sql`
		update api_keys set last_used_at = now()
		where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db)
}

type OfItsMerchant = 'livemode' | 'account_id' | 'account_livemode' | 'is_suspended' | 'runs_house'

export type ApiKeyRow = Omit<KnownKeyRow, 'key_hash' | OfItsMerchant> & {
	name: string
	hint: string
	created_at: Date
	created_by: string | null
	last_used_at: Date | null
	replaced_by: string | null
	revoked_at: Date | null
	revoked_by: string | null
	revoke_reason: string | null
}

const SHOWN = sql`id, merchant_id, kind, permissions, networks, requests_per_minute, expires_at, name, hint,
	created_at, created_by, last_used_at, replaced_by, revoked_at, revoked_by, revoke_reason`

const MOST_LISTED = 200

/** Newest first; those that ended long ago are left out. */
export async function listApiKeys(db: Executor, merchantId: string): Promise<ApiKeyRow[]> {
	const { rows } = await sql<ApiKeyRow>`
		select ${SHOWN} from api_keys
		where merchant_id = ${merchantId}
			and coalesce(least(revoked_at, expires_at), 'infinity') > now() - interval '30 days'
		order by created_at desc, id desc limit ${MOST_LISTED}`.execute(db)
	return rows
}

type Named = { merchantId: string; id: string }

export async function lockApiKey(tx: Tx, { merchantId, id }: Named): Promise<ApiKeyRow | undefined> {
	const { rows } = await sql<ApiKeyRow>`
		select ${SHOWN} from api_keys where merchant_id = ${merchantId} and id = ${id} for update`.execute(tx)
	return rows[0]
}

export type NewApiKeyRow = Pick<
	ApiKeyRow,
	| 'id'
	| 'merchant_id'
	| 'kind'
	| 'name'
	| 'hint'
	| 'permissions'
	| 'networks'
	| 'requests_per_minute'
	| 'expires_at'
	| 'created_by'
> & { key_hash: Buffer }

export async function insertApiKey(tx: Tx, row: NewApiKeyRow): Promise<ApiKeyRow> {
	const { rows } = await sql<ApiKeyRow>`
		insert into api_keys
			(id, merchant_id, kind, key_hash, name, hint, permissions, networks, requests_per_minute, expires_at, created_by)
		values (${row.id}, ${row.merchant_id}, ${row.kind}, ${row.key_hash}, ${row.name}, ${row.hint},
			${row.permissions}, ${row.networks}::cidr[], ${row.requests_per_minute}, ${row.expires_at}, ${row.created_by})
		returning ${SHOWN}`.execute(tx)
	return rows[0] as ApiKeyRow
}

type Changed = Pick<ApiKeyRow, 'name' | 'permissions' | 'networks' | 'requests_per_minute' | 'expires_at'>

export async function updateApiKey(tx: Tx, id: string, changed: Changed): Promise<void> {
	await sql`
		update api_keys set name = ${changed.name}, permissions = ${changed.permissions},
			networks = ${changed.networks}::cidr[], requests_per_minute = ${changed.requests_per_minute},
			expires_at = ${changed.expires_at}
		where id = ${id}`.execute(tx)
}

export async function replaceApiKey(
	tx: Tx,
	id: string,
	{ by, endsAt }: { by: string; endsAt: Date },
): Promise<void> {
	await sql`update api_keys set replaced_by = ${by}, expires_at = ${endsAt} where id = ${id}`.execute(tx)
}

export async function endApiKey(
	tx: Tx,
	id: string,
	{ by, reason, at }: { by: string; reason: string | null; at: Date },
): Promise<void> {
	await sql`
		update api_keys set revoked_at = ${at}, revoked_by = ${by}, revoke_reason = ${reason}
		where id = ${id}`.execute(tx)
}
