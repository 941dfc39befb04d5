import type { Thresholds } from '../../app/domain/fraud/thresholds.ts'
import type { Executor } from '../client.ts'

/** Of those merchants that chose their own. */
export async function listThresholds(
	db: Executor,
	merchantIds: readonly string[],
): Promise<ReadonlyMap<string, Thresholds>> {
	const rows = await db
		.selectFrom('fraud_settings')
		.select(['merchant_id', 'review_from', 'block_from'])
		.where('merchant_id', 'in', merchantIds)
		.execute()
	return new Map(
		rows.map((row) => [row.merchant_id, { reviewFrom: row.review_from, blockFrom: row.block_from }]),
	)
}
