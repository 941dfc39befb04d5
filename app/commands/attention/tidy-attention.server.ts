import { inTransaction } from '#db/client.ts'
import { closeItems, goneAttention } from '#db/queries/attention.ts'
import type { AttentionDeps } from './settle-attention.server.ts'

const AT_ONCE = 200

/** Closes what has settled itself: the payment ended, the refund was decided, the gateway shows the money returned. */
export async function tidyAttention(deps: AttentionDeps, jobId: string): Promise<number> {
	const closed = await inTransaction(deps.db, async (tx) => {
		const ids = await goneAttention(tx, AT_ONCE)
		await closeItems(tx, ids, { by: `janitor:${jobId}`, outcome: 'gone', note: null })
		return ids.length
	})
	if (closed > 0) deps.committed([])
	return closed
}
