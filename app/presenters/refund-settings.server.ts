import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { listRefundLimits } from '#db/queries/refund-limits.ts'
import type { DB } from '#db/schema.ts'
import type { RefundLimitView } from '../contracts/console.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import { causeFromText } from '../domain/payments/cause.ts'

/** The approval limits of a merchant and who set each. */
export async function presentRefundLimits(
	{ db }: { db: Kysely<DB> },
	merchantId: string,
): Promise<RefundLimitView[]> {
	const rows = await listRefundLimits(db, merchantId)
	const ids = rows.flatMap((row) => causeFromText(row.updated_by).ref ?? [])
	const names = await namesOfActors(db, { merchantId, ids })
	return rows.map((row) => ({
		currency: row.currency,
		above: jsonAmount(row.approval_above_minor),
		changedBy: names.get(causeFromText(row.updated_by).ref ?? '') ?? 'A former colleague',
		changedAt: row.updated_at.getTime(),
	}))
}
