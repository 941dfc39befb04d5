import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findFactors, findTotp, takeTotpStep } from '#db/queries/factors.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import { readCode } from '../../domain/access/second-factor.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import { keepBackupCodes, mintBackupCodes } from './backup-codes.server.ts'
import { auditRow, wrongCode, type Actor, type FactorDeps } from './factor-deps.server.ts'
import { stepOf, totpPlace } from './totp-place.server.ts'

type Input = Actor & { code: string; session: Buffer }

/** The first right code makes the app count, and ends every other session. Gives backup codes with the first factor. */
export async function confirmTotp(deps: FactorDeps, input: Input): Promise<string[] | null> {
	const { userId, session } = input
	await deps.factorTries.count(userId)
	const read = readCode(input.code)
	const row = await findTotp(deps.db, userId)
	if (read.kind !== 'totp' || !row || row.confirmed_at) throw wrongCode()
	const secret = await deps.vault.open(deps.db, totpPlace(row.id), row.secret)
	const step = stepOf(secret, read.code, deps.clock.now())
	if (step === null) throw wrongCode()
	const { backup_codes_left: left } = await findFactors(deps.db, userId)
	const minted = left === 0 ? await mintBackupCodes(deps) : null
	await inTransaction(deps.db, async (tx) => {
		if (!(await takeTotpStep(tx, { id: row.id, step, confirm: true }))) throw wrongCode()
		if (minted) await keepBackupCodes(tx, userId, minted)
		await endOtherSessions(tx, { userId, except: session })
		await appendAudit(tx, [auditRow(input, 'factor.added', { factor: 'totp' })])
		await tellPerson(tx, deps, 'totp_added', userId)
	})
	deps.committed([MAIL_QUEUE])
	await deps.factorTries.clear(userId)
	return minted?.codes ?? null
}
