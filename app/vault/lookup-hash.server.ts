import { createHmac, randomBytes } from 'node:crypto'
import type { Executor } from '#db/client.ts'
import { findDataKeyOf, insertDataKey } from '#db/queries/data-keys.ts'
import { newId } from '../domain/ids/new-id.ts'
import { unwrapDataKey, wrapDataKey } from './data-key.server.ts'
import { VaultRefusal, type KeyRing } from './key-ring.server.ts'
import { KEY_BYTES } from './vault.server.ts'

/** Whose key: a merchant's, or the house's own for what belongs to none. */
const HOUSE = 'house'
const PURPOSE = 'lookup'

export type HashedKind = 'email' | 'ip' | 'network'

/**
 * The same text of the same merchant gives the same hash, so that it is found and counted without being kept. Keyed,
 * because there are few addresses: without the key nobody tries them all. Compares with nothing of another merchant.
 */
export type LookupHash = (merchantId: string | null, kind: HashedKind, text: string) => Promise<string>

/** Keys of merchants are read once per process: a person's key never stays in memory, these are no person's. */
export function createLookupHash({ db, ring }: { db: Executor; ring: KeyRing }): LookupHash {
	const keys = new Map<string, Promise<Buffer>>()

	async function readKey(merchantId: string | null): Promise<Buffer> {
		const subject = { subjectId: merchantId ?? HOUSE, purpose: PURPOSE }
		const known = await findDataKeyOf(db, subject)
		if (known) return unwrapDataKey(ring, known)
		const named = {
			id: newId('dek'),
			merchant_id: merchantId,
			subject_id: subject.subjectId,
			purpose: PURPOSE,
		}
		// A commit of its own: what is remembered here must be there, whatever becomes of the caller's transaction.
		await insertDataKey(db, { ...named, ...wrapDataKey(ring, named, randomBytes(KEY_BYTES)) })
		const made = await findDataKeyOf(db, subject)
		if (!made) throw new VaultRefusal('The key that addresses are found by cannot be made.')
		return unwrapDataKey(ring, made)
	}

	function keyOf(merchantId: string | null): Promise<Buffer> {
		const subject = merchantId ?? HOUSE
		const known = keys.get(subject)
		if (known) return known
		const reading = readKey(merchantId)
		keys.set(subject, reading)
		reading.catch(() => keys.delete(subject))
		return reading
	}

	return async (merchantId, kind, text) =>
		createHmac('sha256', await keyOf(merchantId))
			.update(`${kind}|${text}`)
			.digest('base64url')
}
