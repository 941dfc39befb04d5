import { parseArgs } from 'node:util'
import { loadDotEnv } from '../../app/config/env.server.ts'
import { databaseToAsk } from './database-to-ask.ts'
import { rotateVault, vaultKeysToUse } from './rotate-vault.ts'
import { verify } from './verify.ts'

const HELP = `npm run ops -- verify [--json] | vault rotate

  verify   Checks every promise of db/invariants.sql, keeps the result and prints it.
           Ends with 0 when all hold, 1 when rows break one, 2 when it could not be checked.
  vault rotate
           Puts every data key under the first key of VAULT_KEYS; afterwards the others can go.
  --json   Prints the result as JSON.

The database is DATABASE_URL, else that of the demo on this machine.
`

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
		allowPositionals: true,
	})
	const [command, ...more] = positionals
	if (values.help) {
		process.stdout.write(HELP)
		return 0
	}
	loadDotEnv()
	const asked = [command, ...more].join(' ')
	if (asked === 'verify') return verify(await databaseToAsk(), values.json)
	if (asked === 'vault rotate') return rotateVault(await databaseToAsk(), await vaultKeysToUse())
	process.stderr.write(`What should be done?\n\n${HELP}`)
	return 2
}

try {
	process.exitCode = await main()
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
	process.exitCode = 2
}
