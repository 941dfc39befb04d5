import type { Kysely } from 'kysely'
import { findRefund, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { Refund } from '../contracts/payments.ts'

export async function presentRefund(
	{ db }: { db: Kysely<DB> },
	{ merchantId, refundId }: { merchantId: string; refundId: string },
): Promise<Refund | null> {
	const row = await findRefund(db, refundId)
	return row?.merchant_id === merchantId ? toRefund(row) : null
}
