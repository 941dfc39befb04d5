import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { findApiKey, type ApiKeyRow } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'

export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** A revoked key stops working within this time. */
const REMEMBERED_MS = 2_000
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
