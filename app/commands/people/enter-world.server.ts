import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findWorld, insertTwin, rememberWorld } from '#db/queries/worlds.ts'
import { newId } from '../../domain/ids/new-id.ts'

type World = { accountId: string; livemode: boolean; actor: string }

/**
 * Step: the merchant that is this world of an account. Accounts that are older than the two worlds get the other one
 * when somebody of theirs first goes there. Whoever calls this has made sure that they belong to it.
 */
export async function enterWorld(tx: Tx, { accountId, livemode, actor }: World): Promise<string> {
	const known = await findWorld(tx, { accountId, livemode })
	if (known) return known
	const id = newId('mer')
	// Of two who come at once, the second waits here and then finds what the first has made.
	if (await insertTwin(tx, { id, accountId })) {
		await appendAudit(tx, [
			{
				merchant_id: id,
				actor,
				action: 'merchant.created',
				subject_id: id,
				payload: { account: accountId },
			},
		])
		return id
	}
	const made = await findWorld(tx, { accountId, livemode })
	if (!made) throw new Error(`${accountId} is no account`)
	return made
}

/** Step: the test world of a business that has just been opened, where its owner starts: first one tries things out. */
export async function startInTestWorld(
	tx: Tx,
	{ accountId, userId }: { accountId: string; userId: string },
): Promise<string> {
	const worldId = await enterWorld(tx, { accountId, livemode: false, actor: `console:${userId}` })
	await rememberWorld(tx, { accountId, userId, worldId })
	return worldId
}
