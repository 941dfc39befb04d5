import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertIdentity, lockWaysIn } from '#db/queries/identities.ts'
import { takePendingIdentity } from '#db/queries/pending-identities.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { MAIL_QUEUE, tellPerson, type TellingDeps } from '../mail/tell-person.server.ts'
import { auditPerson } from './audit-person.server.ts'

type Deps = TellingDeps & { db: Kysely<DB> }
type Input = { userId: string; pendingHash: Buffer; session: Buffer }

const gone = () =>
	new DomainError('conflict', 'identity_gone', 'This took too long. Nothing was linked; start again.')

/** The account that came back opens this person's from now on. Ends every other session. */
export async function linkIdentity(deps: Deps, { userId, pendingHash, session }: Input): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		const pending = await takePendingIdentity(tx, pendingHash)
		if (pending?.user_id !== userId) throw gone()
		const { provider, subject, email } = pending
		await lockWaysIn(tx, userId)
		if (!(await insertIdentity(tx, { provider, subject, email, userId }))) {
			throw new DomainError(
				'conflict',
				'identity_taken',
				'That Google account opens an account here already, or yours has one. Nothing was linked.',
			)
		}
		await endOtherSessions(tx, { userId, except: session })
		await auditPerson(tx, userId, 'person.google_linked')
		await tellPerson(tx, deps, 'google_linked', userId)
	})
	deps.committed([MAIL_QUEUE])
}
