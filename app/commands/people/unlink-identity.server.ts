import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { deleteIdentity } from '#db/queries/identities.ts'
import { endOtherSessions } from '#db/queries/session-checks.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { MAIL_QUEUE, tellPerson, type TellingDeps } from '../mail/tell-person.server.ts'
import { auditPerson } from './audit-person.server.ts'
import { requireWayIn } from './require-way-in.server.ts'

type Deps = TellingDeps & { db: Kysely<DB> }

/** Google opens nothing of this person's any more. Never takes the last way in; ends every other session. */
export async function unlinkIdentity(
	deps: Deps,
	{ userId, session }: { userId: string; session: Buffer },
): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		if (!(await deleteIdentity(tx, { userId, provider: 'google' }))) {
			throw new DomainError('not_found', 'identity_unknown', 'No Google account is linked any more.')
		}
		await requireWayIn(tx, userId)
		await endOtherSessions(tx, { userId, except: session })
		await auditPerson(tx, userId, 'person.google_unlinked')
		await tellPerson(tx, deps, 'google_unlinked', userId)
	})
	deps.committed([MAIL_QUEUE])
}
