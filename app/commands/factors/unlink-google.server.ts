import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { deleteIdentity } from '#db/queries/identities.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { auditRow, type Actor } from './factor-deps.server.ts'

type Deps = { db: Kysely<DB>; env: { google: { issuer: string } | null } }

export async function unlinkGoogle({ db, env }: Deps, actor: Actor): Promise<void> {
	const issuer = env.google?.issuer ?? ''
	await inTransaction(db, async (tx) => {
		if (!(await deleteIdentity(tx, { userId: actor.userId, issuer }))) {
			throw new DomainError('not_found', 'identity_unknown', 'No Google account is linked.')
		}
		await appendAudit(tx, [auditRow(actor, 'identity.unlinked', { issuer })])
	})
}
