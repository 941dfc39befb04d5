import { randomBytes } from 'node:crypto'
import type { Executor, Tx } from '#db/client.ts'
import {
	deleteDataKeys,
	findDataKey,
	findDataKeyOf,
	insertDataKey,
	type DataKeyRow,
} from '#db/queries/data-keys.ts'
import { newId } from '../domain/ids/new-id.ts'
import { unwrapDataKey, wrapDataKey } from './data-key.server.ts'
import { VaultRefusal, type KeyRing } from './key-ring.server.ts'
import { keyIdOf, openBytes, sealBytes } from './sealed-text.server.ts'

/** Whose value it is. Deleting the subject's keys makes all of it unreadable. */
export type Subject = {
	/** A person, a payer, a merchant: any id of ours. */
	subjectId: string
	/** Null for people, who may belong to several. */
	merchantId: string | null
	/** What the key is for, such as `factors` or `personal`: one key each. */
	purpose: string
}

/** Where a sealed value stands. It opens nowhere else. */
export type Place = { table: string; column: string; rowId: string; merchantId: string | null }

export type Vault = {
	/** Makes the subject's key with its first value. */
	seal(tx: Tx, subject: Subject, place: Omit<Place, 'merchantId'>, plain: string): Promise<string>
	/** Throws VaultRefusal for anything that is not exactly what was sealed for this place. */
	open(db: Executor, place: Place, sealed: string): Promise<string>
	/** Erasure: deletes the subject's keys, of all purposes. */
	forget(tx: Tx, subjectId: string): Promise<bigint>
}

export const KEY_BYTES = 32

export const boundTo = ({ table, column, rowId, merchantId }: Place, keyId: string): string =>
	[table, column, rowId, merchantId ?? '-', keyId].join('|')

export function createVault(ring: KeyRing): Vault {
	async function keyOf(tx: Tx, { subjectId, merchantId, purpose }: Subject): Promise<DataKeyRow> {
		const known = await findDataKeyOf(tx, { subjectId, purpose })
		if (known) return known
		const named = { id: newId('dek'), merchant_id: merchantId, subject_id: subjectId, purpose }
		await insertDataKey(tx, { ...named, ...wrapDataKey(ring, named, randomBytes(KEY_BYTES)) })
		const made = await findDataKeyOf(tx, { subjectId, purpose })
		if (!made) throw new VaultRefusal('The key of this subject belongs to somebody else.')
		return made
	}

	return {
		async seal(tx, subject, place, plain) {
			const row = await keyOf(tx, subject)
			const bound = boundTo({ ...place, merchantId: subject.merchantId }, row.id)
			return sealBytes(unwrapDataKey(ring, row), row.id, bound, Buffer.from(plain))
		},
		async open(db, place, sealed) {
			const row = await findDataKey(db, keyIdOf(sealed))
			if (!row) throw new VaultRefusal('The key of this value is gone.')
			return openBytes(unwrapDataKey(ring, row), boundTo(place, row.id), sealed).toString()
		},
		forget: deleteDataKeys,
	}
}
