import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { listApiKeys, type ApiKeyRow } from '#db/queries/api-keys.ts'
import type { DB } from '#db/schema.ts'
import type { ApiKeyState, ApiKeyView } from '../contracts/api-keys.ts'
import { isLive, permissionsOfKey } from '../domain/access/api-keys.ts'
import { KEY_PER_MINUTE } from '../domain/access/request-limits.ts'
import { causeFromText } from '../domain/payments/cause.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date } }

const seconds = (at: Date | null): number | null => at && Math.floor(at.getTime() / 1_000)

function stateOf({ revoked_at, expires_at, replaced_by }: ApiKeyRow, now: Date): ApiKeyState {
	if (revoked_at) return 'revoked'
	if (!isLive({ revokedAt: revoked_at, expiresAt: expires_at }, now)) return 'expired'
	return replaced_by ? 'replaced' : 'active'
}

export const presentApiKey = (row: ApiKeyRow, now: Date, createdBy: string | null = null): ApiKeyView => ({
	object: 'api_key',
	id: row.id,
	kind: row.kind,
	name: row.name,
	hint: row.hint,
	status: stateOf(row, now),
	permissions: [...permissionsOfKey(row.kind, row.permissions)],
	networks: row.networks,
	requests_per_minute: row.requests_per_minute ?? KEY_PER_MINUTE,
	expires: seconds(row.expires_at),
	last_used: seconds(row.last_used_at),
	created: Math.floor(row.created_at.getTime() / 1_000),
	created_by: createdBy,
	replaced_by: row.replaced_by,
	revoked: seconds(row.revoked_at),
	revoke_reason: row.revoke_reason,
})

/** Newest first, with those that ended within the last 30 days. */
export async function presentApiKeys({ db, clock }: Deps, merchantId: string): Promise<ApiKeyView[]> {
	const rows = await listApiKeys(db, merchantId)
	const makerOf = ({ created_by }: ApiKeyRow) => created_by && causeFromText(created_by).ref
	const ids = rows.flatMap((row) => makerOf(row) ?? [])
	const names = await namesOfActors(db, { merchantId, ids })
	return rows.map((row) => presentApiKey(row, clock.now(), names.get(makerOf(row) ?? '') ?? null))
}
