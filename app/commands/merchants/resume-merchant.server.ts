import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockSuspension, writeSuspension } from '#db/queries/suspensions.ts'
import type { DB } from '#db/schema.ts'
import { merchantNotFound } from './merchant-not-found.server.ts'

type Input = { merchantId: string; actor: string }

/** Ends a suspension. False when there was none. */
export const resumeMerchant = ({ db }: { db: Kysely<DB> }, { merchantId, actor }: Input): Promise<boolean> =>
	inTransaction(db, async (tx) => {
		const before = await lockSuspension(tx, merchantId)
		if (!before) throw merchantNotFound(merchantId)
		if (before.at === null) return false
		await writeSuspension(tx, merchantId, { at: null, reason: null })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor,
				action: 'merchant.resumed',
				subject_id: merchantId,
				payload: {},
				before: { suspended: true, reason: before.reason },
				after: { suspended: false, reason: null },
			},
		])
		return true
	})
