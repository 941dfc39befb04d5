import { rotateSigningKey } from '../../app/commands/tokens/signing-keys.server.ts'
import { parseEnv } from '../../app/config/env.server.ts'
import { createKeyRing } from '../../app/vault/key-ring.server.ts'
import { createVault } from '../../app/vault/vault.server.ts'
import { withDatabase } from './ops-database.ts'

/** The key of the access tokens. Instances that run hear of it within five minutes; no token ends before its time. */
export function rotateKeyOfTokens(url: string, vaultKeys: string): Promise<number> {
	const vault = createVault(createKeyRing(parseEnv({ VAULT_KEYS: vaultKeys }).vault))
	return withDatabase(url, async (db) => {
		const kid = await rotateSigningKey({ db, vault })
		process.stdout.write(`Access tokens are signed with ${kid} from now on.\n`)
		return 0
	})
}
