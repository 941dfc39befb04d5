import { parseArgs } from 'node:util'
import { loadDotEnv } from '../../app/config/env.server.ts'
import { databaseToAsk } from './database-to-ask.ts'
import { rotateKeyOfTokens } from './rotate-signing-key.ts'
import { rotateVault, vaultKeysToUse } from './rotate-vault.ts'
import { resume, suspend } from './suspend-merchant.ts'
import { verifyAuditRecord } from './verify-audit-record.ts'
import { verify } from './verify.ts'

const HELP = `npm run ops -- verify [--json]
npm run ops -- audit verify [--merchant mer_…] [--heads FILE] [--json]
npm run ops -- vault rotate | keys rotate
npm run ops -- merchants suspend mer_… --reason TEXT | merchants resume mer_…

  verify        Checks every promise of db/invariants.sql, keeps the result and prints it.
  audit verify  Walks the audit record of one business or of all, and names the first row that is not as written.
  vault rotate  Puts every data key under the first key of VAULT_KEYS; afterwards the others can go.
  keys rotate   Signs access tokens with a new key; what the old one signed holds to its end.
  merchants     Suspends a business: it takes no payments and changes nothing, and can read what it has; or ends that.
                Each world of an account, test and live, by its own id.
  --merchant    Only this business.
  --heads       Compares with heads kept outside the database: a file of the log’s lines "metric":"audit_head".
  --reason      Why it is suspended, for the audit record.
  --json        Prints the result as JSON.

Both checks end with 0 when all holds, 1 when something does not, 2 when it could not be checked.

The database is DATABASE_URL, else that of the demo on this machine.
`

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			merchant: { type: 'string' },
			heads: { type: 'string' },
			reason: { type: 'string', default: '' },
			help: { type: 'boolean', short: 'h' },
		},
		allowPositionals: true,
	})
	const asked = positionals.join(' ')
	if (values.help) {
		process.stdout.write(HELP)
		return 0
	}
	loadDotEnv()
	if (asked === 'verify') return verify(await databaseToAsk(), values.json)
	if (asked === 'audit verify') {
		const { merchant = null, heads = null, json } = values
		return verifyAuditRecord(await databaseToAsk(), { merchant, heads, asJson: json })
	}
	if (asked === 'keys rotate') return rotateKeyOfTokens(await databaseToAsk(), await vaultKeysToUse())
	if (asked === 'vault rotate') return rotateVault(await databaseToAsk(), await vaultKeysToUse())
	const [subject, verb, merchantId] = positionals
	if (subject === 'merchants' && merchantId !== undefined && positionals.length === 3) {
		if (verb === 'suspend') return suspend(await databaseToAsk(), merchantId, values.reason)
		if (verb === 'resume') return resume(await databaseToAsk(), merchantId)
	}
	process.stderr.write(`What should be done?\n\n${HELP}`)
	return 2
}

try {
	process.exitCode = await main()
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
	process.exitCode = 2
}
