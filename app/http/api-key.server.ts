import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { findApiKey, type ApiKeyRow } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import { HOUSE_GRANT, type Grant } from '../domain/access/grant.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { Cause } from '../domain/payments/cause.ts'

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** A revoked key stops working within this time. */
const REMEMBERED_MS = 5_000
const MOST_REMEMBERED = 10_000

export type ApiKeys = { find(key: string): Promise<ApiKeyRow | undefined> }

/** Looks keys up by hash, remembering valid ones for a moment: every request needs one. */
export function createApiKeys(db: Kysely<DB>): ApiKeys {
	const remembered = new Map<string, { row: ApiKeyRow; until: number }>()
	return {
		async find(key) {
			const hash = hashOfKey(key)
			const name = hash.toString('base64')
			const known = remembered.get(name)
			if (known && known.until > performance.now()) return known.row
			const row = await findApiKey(db, hash)
			if (!row) return undefined
			if (remembered.size >= MOST_REMEMBERED) remembered.clear()
			remembered.set(name, { row, until: performance.now() + REMEMBERED_MS })
			return row
		},
	}
}

export type ApiCaller = { merchantId: string; apiKeyId: string; cause: Cause; grant: Grant }

function keyIn(header: string | null): string | null {
	if (!header) return null
	const bearer = /^Bearer\s+(\S{1,200})$/i.exec(header)?.[1]
	if (bearer) return bearer
	const basic = /^Basic\s+([A-Za-z0-9+/=]{1,400})$/i.exec(header)?.[1]
	return basic ? (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? null) : null
}

/** The merchant behind the request's secret key. Cookies never authenticate the API. */
export async function requireSecretKey(
	request: Request,
	context: { services: { apiKeys: ApiKeys } },
): Promise<ApiCaller> {
	const key = keyIn(request.headers.get('authorization'))
	if (!key) {
		throw new DomainError(
			'unauthenticated',
			'api_key_missing',
			'Send your secret key: Authorization: Bearer sk_…',
		)
	}
	const row = await context.services.apiKeys.find(key)
	if (!row) throw new DomainError('unauthenticated', 'api_key_invalid', 'This API key is not valid.')
	if (row.kind !== 'secret') {
		throw new DomainError(
			'forbidden',
			'secret_key_required',
			'A publishable key cannot do this. Use the secret key.',
		)
	}
	return {
		merchantId: row.merchant_id,
		apiKeyId: row.id,
		cause: { kind: 'api', ref: row.id },
		grant: HOUSE_GRANT,
	}
}
