import type { Kysely } from 'kysely'
import { findKeyByHash, findKeyById, markKeyUsed, type KnownKeyRow } from '#db/queries/api-keys.ts'
import type { DB } from '#db/schema.ts'
import { hashOfKey, isSameHash, readApiKey } from '../credentials/api-key-text.server.ts'

export type ApiKeys = {
	/** The key as it stands, at the latest, a second ago; undefined for none that works. */
	find(key: string): Promise<KnownKeyRow | undefined>
	/** Called after a commit that changed or ended a key: the next request reads it again. */
	forget(id: string): void
}

type Deps = { db: Kysely<DB>; clock: { now(): Date }; onError: (error: unknown) => void }

/** What another instance revoked works no longer than this. */
const REMEMBERED_MS = 1_000
/** A busy key is read again before that, beside its requests, so that none of them waits. */
const READ_AHEAD_MS = 400
const MARK_USED_MS = 60_000
const MOST_REMEMBERED = 10_000
const OLDER_FORM = /^(?:sk|pk)_(test|live)_/

type Known = { row: KnownKeyRow; readAt: number; isReading: boolean }

/** Finds keys in memory, where they stay for a moment: every request needs one. */
export function createApiKeys({ db, clock, onError }: Deps): ApiKeys {
	const remembered = new Map<string, Known>()
	const markedAt = new Map<string, number>()
	// A read that began before a key was revoked must not bring it back.
	let forgotten = 0

	/** A key works in the world its text names, and there alone. */
	async function ask(key: string, hash: Buffer): Promise<KnownKeyRow | undefined> {
		const read = readApiKey(key)
		const livemode = read ? read.livemode : OLDER_FORM.exec(key)?.[1] === 'live'
		if (!read && !OLDER_FORM.test(key)) return undefined
		const row = read ? await findKeyById(db, read.id) : await findKeyByHash(db, hash)
		return row?.livemode === livemode ? row : undefined
	}

	async function read(key: string, name: string, hash: Buffer): Promise<KnownKeyRow | undefined> {
		const readAt = performance.now()
		const before = forgotten
		const row = await ask(key, hash)
		if (!row || !isSameHash(row.key_hash, hash)) {
			remembered.delete(name)
			return undefined
		}
		if (before === forgotten) {
			if (remembered.size >= MOST_REMEMBERED) remembered.clear()
			remembered.set(name, { row, readAt, isReading: false })
		}
		return row
	}

	function readAhead(key: string, name: string, hash: Buffer, known: Known): void {
		known.isReading = true
		read(key, name, hash).catch((error: unknown) => {
			known.isReading = false
			onError(error)
		})
	}

	function markUsed(id: string): void {
		const now = performance.now()
		if (now - (markedAt.get(id) ?? -Infinity) < MARK_USED_MS) return
		if (markedAt.size >= MOST_REMEMBERED) markedAt.clear()
		markedAt.set(id, now)
		markKeyUsed(db, id).catch(onError)
	}

	return {
		async find(key) {
			const hash = hashOfKey(key)
			const name = hash.toString('base64')
			const known = remembered.get(name)
			const age = known ? performance.now() - known.readAt : Infinity
			if (known && age > READ_AHEAD_MS && age < REMEMBERED_MS && !known.isReading)
				readAhead(key, name, hash, known)
			const row = known && age < REMEMBERED_MS ? known.row : await read(key, name, hash)
			if (!row || (row.expires_at !== null && row.expires_at <= clock.now())) return undefined
			markUsed(row.id)
			return row
		},
		forget(id) {
			forgotten += 1
			for (const [name, { row }] of remembered) if (row.id === id) remembered.delete(name)
		},
	}
}
