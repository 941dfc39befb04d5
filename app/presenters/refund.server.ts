import type { Kysely } from 'kysely'
import { findRefund, searchRefunds, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { ListRefunds } from '../contracts/payment-requests.ts'
import type { Refund } from '../contracts/payments.ts'

export async function presentRefund(
	{ db }: { db: Kysely<DB> },
	{ merchantId, refundId }: { merchantId: string; refundId: string },
): Promise<Refund | null> {
	const row = await findRefund(db, refundId)
	return row?.merchant_id === merchantId ? toRefund(row) : null
}

export async function presentRefundPage({ db }: { db: Kysely<DB> }, merchantId: string, query: ListRefunds) {
	const { rows, hasMore } = await searchRefunds(db, {
		merchantId,
		limit: query.limit,
		status: query.status,
		paymentId: query.payment,
		startingAfter: query.starting_after,
		endingBefore: query.ending_before,
	})
	return { object: 'list', url: '/api/v1/refunds', has_more: hasMore, data: rows.map(toRefund) }
}
