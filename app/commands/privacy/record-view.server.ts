import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { isFirstViewToday } from '#db/queries/privacy.ts'
import type { DB } from '#db/schema.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = { merchantId: string; payerId: string | null; actor: Cause; seenAt: string }

/** Who opens a payer's data on a page is on record, once a day: enough to know who looked, and no flood. */
export async function recordView(
	{ db }: { db: Kysely<DB> },
	{ merchantId, payerId, actor, seenAt }: Input,
): Promise<void> {
	if (payerId === null) return
	const viewer = causeText(actor)
	await inTransaction(db, async (tx) => {
		if (!(await isFirstViewToday(tx, { merchantId, payerId, viewer }))) return
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: viewer,
				action: 'payer.viewed',
				subject_id: payerId,
				payload: { seen_at: seenAt },
			},
		])
	})
}
