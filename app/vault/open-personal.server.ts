import type { Executor } from '#db/client.ts'
import { findDataKeys, type DataKeyRow } from '#db/queries/data-keys.ts'
import type { Sealed } from '../domain/privacy/sealed.ts'
import { unwrapDataKey } from './data-key.server.ts'
import type { KeyRing } from './key-ring.server.ts'
import { personalPlace, PERSONAL, type PersonalKind } from './keep-payers.server.ts'
import { isSealedText, keyIdOf, openBytes } from './sealed-text.server.ts'
import { boundTo } from './vault.server.ts'

/** Left over from before payers had keys: plain until the job that seals it has been there. */
const isPlain = (text: string): boolean => !isSealedText(text)

/** Null for what nobody wrote, and for what was erased. Throws VaultRefusal for a text that was moved or changed. */
export type Opener = (kind: PersonalKind, text: Sealed | null | undefined) => string | null

/** Reads the keys of these texts in one statement; each is unwrapped once, however much it opens. */
export async function openerFor(
	db: Executor,
	ring: KeyRing,
	texts: readonly (Sealed | null | undefined)[],
): Promise<Opener> {
	const sealed = (texts as readonly (string | null | undefined)[]).filter(
		(text): text is string => typeof text === 'string' && !isPlain(text),
	)
	const ids = [...new Set(sealed.map(keyIdOf))]
	const rows = ids.length === 0 ? [] : await findDataKeys(db, ids)
	const rowOf = new Map(rows.filter((row) => row.purpose === PERSONAL).map((row) => [row.id, row]))
	const unwrapped = new Map<string, Buffer>()

	function keyOf(row: DataKeyRow): Buffer {
		const known = unwrapped.get(row.id) ?? unwrapDataKey(ring, row)
		unwrapped.set(row.id, known)
		return known
	}

	return (kind, value) => {
		const text = value as unknown as string | null | undefined
		if (text === null || text === undefined) return null
		if (isPlain(text)) return text
		const row = rowOf.get(keyIdOf(text))
		if (!row) return null
		return openBytes(keyOf(row), boundTo(personalPlace(kind, row), row.id), text).toString()
	}
}
