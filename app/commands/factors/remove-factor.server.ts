import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { deleteTotp, findFactors, replaceBackupCodes } from '#db/queries/factors.ts'
import { deletePasskey } from '#db/queries/passkeys.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { MAIL_QUEUE, tellPerson } from '../mail/tell-person.server.ts'
import { requireWayIn } from '../people/require-way-in.server.ts'
import { auditRow, type Actor, type FactorDeps } from './factor-deps.server.ts'

type Input = Actor & {
	session: Buffer
	factor: { kind: 'totp' } | { kind: 'passkey'; id: string }
}

/** Ends every other session. Backup codes stand for a factor that is lost: they go with the last one. */
export async function removeFactor(
	deps: Pick<FactorDeps, 'db' | 'enqueue' | 'committed'>,
	input: Input,
): Promise<void> {
	const { userId, factor, session } = input
	await inTransaction(deps.db, async (tx) => {
		const removed =
			factor.kind === 'totp'
				? await deleteTotp(tx, userId)
				: await deletePasskey(tx, { id: factor.id, userId })
		if (!removed) throw new DomainError('not_found', 'factor_unknown', 'This is not set up any more.')
		await requireWayIn(tx, userId)
		const left = await findFactors(tx, userId)
		if (!left.has_totp && left.passkeys === 0) await replaceBackupCodes(tx, userId, [])
		await endOtherSessions(tx, { userId, except: session })
		await appendAudit(tx, [auditRow(input, 'factor.removed', { factor: factor.kind })])
		await tellPerson(tx, deps, `${factor.kind}_removed`, userId)
	})
	deps.committed([MAIL_QUEUE])
}
