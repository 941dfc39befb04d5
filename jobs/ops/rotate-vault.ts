import { readFile } from 'node:fs/promises'
import { parseEnv } from '../../app/config/env.server.ts'
import { KEPT_VAULT_KEY } from './database-to-ask.ts'
import { withDatabase } from './ops-database.ts'
import { createKeyRing } from '../../app/vault/key-ring.server.ts'
import { rotateKeys } from '../../app/vault/rotate-keys.server.ts'

/** VAULT_KEYS, else the key of the demo on this machine. */
export async function vaultKeysToUse(): Promise<string> {
	const given = process.env['VAULT_KEYS']
	if (given) return given
	const kept = await readFile(KEPT_VAULT_KEY, 'utf8').catch(() => '')
	if (kept) return `demo:${kept}`
	throw new Error('Which keys? Set VAULT_KEYS: the new one first, then the one in use.')
}

/** Both keys must be there: the new one first, then those still in use. */
export function rotateVault(url: string, keys: string): Promise<number> {
	const ring = createKeyRing(parseEnv({ VAULT_KEYS: keys }).vault)
	return withDatabase(url, async (db) => {
		const rotated = await rotateKeys(db, ring)
		process.stdout.write(`${rotated} data keys are under ${ring.current.id} now; none is under another.\n`)
		return 0
	})
}
