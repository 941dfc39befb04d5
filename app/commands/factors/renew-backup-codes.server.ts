import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import { keepBackupCodes, mintBackupCodes } from './backup-codes.server.ts'
import { auditRow, type Actor, type FactorDeps } from './factor-deps.server.ts'

/** Ten new codes, shown this once. */
export async function renewBackupCodes(
	deps: Pick<FactorDeps, 'db' | 'hashPassword' | 'enqueue' | 'committed'>,
	actor: Actor,
): Promise<string[]> {
	const minted = await mintBackupCodes(deps)
	await inTransaction(deps.db, async (tx) => {
		await keepBackupCodes(tx, actor.userId, minted)
		await appendAudit(tx, [auditRow(actor, 'factor.backup_codes_renewed')])
		await tellPerson(tx, deps, 'backup_codes_renewed', actor.userId)
	})
	deps.committed([MAIL_QUEUE])
	return minted.codes
}
