import type { Kysely } from 'kysely'
import { feesOf } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { listRefundLimits, refundedAlone } from '#db/queries/refund-limits.ts'
import type { DB } from '#db/schema.ts'
import type { RefundTerms } from '../contracts/console.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

/** What refunding each of these payments of one merchant costs and needs. */
export async function refundTermsOf(
	db: Kysely<DB>,
	merchantId: string,
	payments: readonly Pick<PaymentRow, 'id' | 'currency'>[],
): Promise<ReadonlyMap<string, RefundTerms>> {
	const ids = payments.map(({ id }) => id)
	const [fees, alone, rows] = await Promise.all([
		feesOf(db, ids),
		refundedAlone(db, ids),
		listRefundLimits(db, merchantId),
	])
	const limits = new Map(rows.map((row) => [row.currency, row.approval_above_minor]))
	return new Map(
		payments.map(({ id, currency }) => {
			const limit = limits.get(currency) ?? null
			const used = alone.get(id) ?? 0n
			const left = limit === null ? null : limit > used ? limit - used : 0n
			return [
				id,
				{
					fee: jsonAmount(fees.get(id) ?? 0n),
					limit: limit === null ? null : jsonAmount(limit),
					alone: left === null ? null : jsonAmount(left),
				},
			]
		}),
	)
}
