import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

/** The same key of another merchant, mode or route is another key. */
export type KeyScope = { merchantId: string; livemode: boolean; route: string; key: string }

export type KeyRow = {
	fingerprint: Buffer
	resource_id: string
	status_code: number | null
	response: string | null
	finished_at: Date | null
	locked: boolean
}

export type NewKey = KeyScope & {
	fingerprint: Buffer
	resourceId: string
	/** Seconds during which only the first request may answer. */
	lockSeconds: number
	/** Known at once when nobody waits for an outcome. */
	answer: { status: number; body: string } | null
}

/**
 * Claims keys in the transaction of their effects; returns the resources whose key is ours. A missing one means
 * somebody was first and has committed: a claim waits for a transaction that holds the same key.
 */
export async function claimKeys(tx: Tx, keys: readonly NewKey[]): Promise<ReadonlySet<string>> {
	if (keys.length === 0) return new Set()
	const list = keys.map((key) => ({
		merchant_id: key.merchantId,
		livemode: key.livemode,
		route: key.route,
		key: key.key,
		fingerprint: `\\x${key.fingerprint.toString('hex')}`,
		resource_id: key.resourceId,
		status_code: key.answer?.status ?? null,
		response: key.answer?.body ?? null,
		lock_seconds: key.lockSeconds,
	}))
	const { rows } = await sql<{ resource_id: string }>`
		insert into idempotency_keys (merchant_id, livemode, route, key, fingerprint, resource_id, status_code, response,
			locked_until, finished_at)
		select merchant_id, livemode, route, key, fingerprint, resource_id, status_code, response,
			now() + make_interval(secs => lock_seconds), case when status_code is not null then now() end
		from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as k (merchant_id text, livemode boolean, route text, key text,
			fingerprint bytea, resource_id text, status_code integer, response text, lock_seconds integer)
		order by merchant_id, livemode, route, key
		on conflict do nothing
		returning resource_id`.execute(tx)
	return new Set(rows.map((row) => row.resource_id))
}

export async function findKey(db: Executor, scope: KeyScope): Promise<KeyRow | undefined> {
	const { rows } = await sql<KeyRow>`
		select fingerprint, resource_id, status_code, response, finished_at, locked_until > now() as locked
		from idempotency_keys
		where merchant_id = ${scope.merchantId} and livemode = ${scope.livemode} and route = ${scope.route} and key = ${scope.key}`.execute(
		db,
	)
	return rows[0]
}

/** Keeps the first answer; returns the one that is kept, which may be another request's. */
export async function finishKey(
	db: Executor,
	scope: KeyScope,
	answer: { status: number; body: string },
): Promise<{ status: number; body: string }> {
	const { rows } = await sql<{ status_code: number; response: string }>`
		update idempotency_keys set
			status_code = coalesce(status_code, ${answer.status}), response = coalesce(response, ${answer.body}),
			finished_at = coalesce(finished_at, now())
		where merchant_id = ${scope.merchantId} and livemode = ${scope.livemode} and route = ${scope.route} and key = ${scope.key}
		returning status_code, response`.execute(db)
	const kept = rows[0]
	return kept ? { status: kept.status_code, body: kept.response } : answer
}

/** Keys are kept 7 days. */
export async function forgetOldKeys(db: Executor): Promise<void> {
	await sql`delete from idempotency_keys where created_at < now() - interval '7 days'`.execute(db)
}

/** The resource of some key of this route that was claimed with other contents. */
export async function findOtherContents(
	db: Executor,
	{ merchantId, route, fingerprint }: { merchantId: string; route: string; fingerprint: Buffer },
): Promise<string | undefined> {
	const { rows } = await sql<{ resource_id: string }>`
		select resource_id from idempotency_keys
		where merchant_id = ${merchantId} and route = ${route} and fingerprint <> ${fingerprint} limit 1`.execute(db)
	return rows[0]?.resource_id
}
