import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { deleteSessionById, deleteSessionsOf } from '#db/queries/sessions.ts'
import { revokeFamiliesOf } from '#db/queries/tokens.ts'
import type { DB } from '#db/schema.ts'
import { auditPerson } from './audit-person.server.ts'

type Deps = { db: Kysely<DB> }

/** One device. A session that is somebody else's, or ended already, is no mistake: it is not open. */
export async function endSession(
	{ db }: Deps,
	{ userId, id }: { userId: string; id: string },
): Promise<void> {
	await inTransaction(db, async (tx) => {
		if (await deleteSessionById(tx, { userId, id })) await auditPerson(tx, userId, 'session.ended')
	})
}

/** Everywhere, tokens of the API included; but for the session that is kept, if one is. */
export async function endSessions(
	{ db }: Deps,
	{ userId, keptHash, door }: { userId: string; keptHash: Buffer | null; door: 'console' | 'api' },
): Promise<void> {
	await inTransaction(db, async (tx) => {
		await deleteSessionsOf(tx, userId, keptHash)
		await revokeFamiliesOf(tx, userId)
		await auditPerson(tx, userId, 'session.all_ended', { door })
	})
}
