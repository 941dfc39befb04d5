import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KEPT } from './places.ts'

export async function readKept(name: string): Promise<string | undefined> {
	return readFile(join(KEPT, name), 'utf8').catch(() => undefined)
}

export async function keep(name: string, text: string): Promise<void> {
	const file = join(KEPT, name)
	await mkdir(dirname(file), { recursive: true })
	await writeFile(file, text, { mode: 0o600 })
}

/** Made once, so log-ins and webhook signatures survive a restart. */
export async function keptSecret(name: string, prefix = ''): Promise<string> {
	const known = await readKept(name)
	if (known) return known
	const secret = `${prefix}${randomBytes(32).toString('base64url')}`
	await keep(name, secret)
	return secret
}

export const VAULT_KEY_FILE = 'vault-key'

/** Without it what the database holds sealed stays sealed. */
export const vaultKeys = async (): Promise<string> =>
	process.env['VAULT_KEYS'] || `demo:${await keptSecret(VAULT_KEY_FILE)}`
