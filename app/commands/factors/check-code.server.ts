import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findBackupCode, findTotp, takeBackupCode, takeTotpStep } from '#db/queries/factors.ts'
import { readCode, type Proof } from '../../domain/access/second-factor.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import { auditRow, wrongCode, type Actor, type FactorDeps } from './factor-deps.server.ts'
import { stepOf, totpPlace } from './totp-place.server.ts'

async function takeTotp(deps: FactorDeps, userId: string, code: string): Promise<boolean> {
	const row = await findTotp(deps.db, userId)
	if (!row?.confirmed_at) return false
	const secret = await deps.vault.open(deps.db, totpPlace(row.id), row.secret)
	const step = stepOf(secret, code, deps.clock.now())
	if (step === null) return false
	return inTransaction(deps.db, (tx) => takeTotpStep(tx, { id: row.id, step, confirm: false }))
}

async function takeBackup(
	deps: FactorDeps,
	actor: Actor,
	{ position, code }: { position: number; code: string },
): Promise<boolean> {
	const { userId } = actor
	const hash = await findBackupCode(deps.db, { userId, position })
	if (hash === null || !(await deps.isPassword(code, hash))) return false
	const isFirst = await inTransaction(deps.db, async (tx) => {
		if (!(await takeBackupCode(tx, { userId, position }))) return false
		await appendAudit(tx, [auditRow(actor, 'factor.backup_code_used', { position })])
		await tellPerson(tx, deps, 'backup_code_used', userId)
		return true
	})
	deps.committed([MAIL_QUEUE])
	return isFirst
}

/** A code of the app, or a backup code. Uses it up; throws when it is wrong, used, or tried too often. */
export async function checkCode(deps: FactorDeps, actor: Actor, typed: string): Promise<Proof> {
	const { userId } = actor
	await deps.factorTries.count(userId)
	const read = readCode(typed)
	const isRight =
		(read.kind === 'totp' && (await takeTotp(deps, userId, read.code))) ||
		(read.kind === 'backup_code' && (await takeBackup(deps, actor, read)))
	if (read.kind === 'neither' || !isRight) throw wrongCode()
	await deps.factorTries.clear(userId)
	return read.kind
}
