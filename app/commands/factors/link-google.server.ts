import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertIdentity } from '#db/queries/identities.ts'
import { takeLinking } from '#db/queries/session-checks.ts'
import type { DB } from '#db/schema.ts'
import type { ForeignIdentity } from '../../contracts/foreign-identity.ts'
import { auditRow, type Actor } from './factor-deps.server.ts'

export type LinkOutcome = 'linked' | 'taken' | 'unverified' | 'refused'

type Input = Actor & { session: Buffer; identity: ForeignIdentity }

/** Links when this session gave the password for it, once, and the address there is verified. */
export async function linkGoogle({ db }: { db: Kysely<DB> }, input: Input): Promise<LinkOutcome> {
	const { userId, session, identity } = input
	return inTransaction(db, async (tx) => {
		if (!(await takeLinking(tx, session))) return 'refused'
		if (!identity.emailVerified) return 'unverified'
		const { issuer, subject, email } = identity
		if (!(await insertIdentity(tx, { issuer, subject, user_id: userId, email }))) return 'taken'
		await appendAudit(tx, [auditRow(input, 'identity.linked', { issuer })])
		return 'linked'
	})
}
