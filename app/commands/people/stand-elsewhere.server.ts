import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findMembership } from '#db/queries/identity.ts'
import { moveSession } from '#db/queries/sessions.ts'
import { rememberWorld } from '#db/queries/worlds.ts'
import type { DB } from '#db/schema.ts'
import { enterWorld } from './enter-world.server.ts'

type Input = {
	userId: string
	/** The hashes of the session's id before and after. */
	session: { from: Buffer; to: Buffer }
	accountId: string
	livemode: boolean
}

/** Moves a session to a world of a business of that person; false when they do not belong to it. */
export const standElsewhere = (
	{ db }: { db: Kysely<DB> },
	{ userId, session, accountId, livemode }: Input,
): Promise<boolean> =>
	inTransaction(db, async (tx) => {
		if (!(await findMembership(tx, { merchantId: accountId, userId }))) return false
		const actor = `console:${userId}`
		const merchantId = await enterWorld(tx, { accountId, livemode, actor })
		if (!(await moveSession(tx, { ...session, userId, merchantId }))) return false
		await rememberWorld(tx, { accountId, userId, worldId: merchantId })
		const payload = { world: livemode ? 'live' : 'test' }
		await appendAudit(tx, [
			{ merchant_id: merchantId, actor, action: 'session.switched', subject_id: userId, payload },
		])
		return true
	})
