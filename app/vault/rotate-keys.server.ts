import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { lockKeysNotUnder, rewrapDataKey } from '#db/queries/data-keys.ts'
import type { DB } from '#db/schema.ts'
import { unwrapDataKey, wrapDataKey } from './data-key.server.ts'
import type { KeyRing } from './key-ring.server.ts'

const TOGETHER = 200

/** Puts every data key under the current key of the environment; sealed values stay as they are. Says how many. */
export async function rotateKeys(db: Kysely<DB>, ring: KeyRing): Promise<number> {
	const { id: kekId } = ring.current
	for (let rotated = 0; ;) {
		const moved = await inTransaction(db, async (tx) => {
			const rows = await lockKeysNotUnder(tx, kekId, TOGETHER)
			for (const row of rows) {
				const { wrapped } = wrapDataKey(ring, row, unwrapDataKey(ring, row))
				await rewrapDataKey(tx, { id: row.id, kekId, wrapped })
			}
			return rows.length
		})
		if (moved === 0) return rotated
		rotated += moved
	}
}
