import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const DATA = resolve(import.meta.dirname, '../..', process.env['TILLHOUSE_DATA'] || '.data')

/** Where the demo's launcher keeps what seals the data keys. */
export const KEPT_VAULT_KEY = join(DATA, 'vault-key')

/** DATABASE_URL, else what the demo's launcher wrote down. Throws when there is neither. */
export async function databaseToAsk(): Promise<string> {
	const given = process.env['DATABASE_URL']
	if (given) return given
	const text = await readFile(join(DATA, 'demo.json'), 'utf8').catch(() => '{}')
	const launched: unknown = JSON.parse(text)
	if (typeof launched === 'object' && launched !== null && 'databaseUrl' in launched)
		return String(launched.databaseUrl)
	throw new Error('Which database? Set DATABASE_URL, or start the demo first: npm run demo')
}
