import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertInbox } from '#db/queries/webhook-inbox.ts'
import type { DB } from '#db/schema.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { newId } from '../../domain/ids/new-id.ts'

type Deps = {
	db: Kysely<DB>
	/** The world whose secret verified the message. */
	livemode: boolean
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}
type Message = { provider: string; eventId: string; type: string; payload: unknown }

/** Keeps a verified message and its job in one commit; the same event again changes nothing. */
export async function receiveWebhook(deps: Deps, message: Message): Promise<{ isNew: boolean }> {
	const isNew = await inTransaction(deps.db, async (tx) => {
		const id = newId('whk')
		const kept = await insertInbox(tx, { id, livemode: deps.livemode, ...message })
		if (kept) await deps.enqueue(tx, applyWebhook, [{ inboxId: id }])
		return kept
	})
	if (isNew) deps.committed([applyWebhook.name])
	return { isNew }
}
