import { USUAL_THRESHOLDS, type Thresholds } from '../../app/domain/fraud/thresholds.ts'
import type { Executor, Tx } from '../client.ts'

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

export async function lockThresholds(tx: Tx, merchantId: string): Promise<Thresholds> {
	const row = await tx
		.selectFrom('fraud_settings')
		.select(['review_from', 'block_from'])
		.where('merchant_id', '=', merchantId)
		.forUpdate()
		.executeTakeFirst()
	return row ? { reviewFrom: row.review_from, blockFrom: row.block_from } : USUAL_THRESHOLDS
}

export async function writeThresholds(
	tx: Tx,
	merchantId: string,
	{ reviewFrom, blockFrom }: Thresholds,
	{ by, at }: { by: string; at: Date },
): Promise<void> {
	const chosen = { review_from: reviewFrom, block_from: blockFrom, updated_by: by, updated_at: at }
	await tx
		.insertInto('fraud_settings')
		.values({ merchant_id: merchantId, ...chosen })
		.onConflict((conflict) => conflict.column('merchant_id').doUpdateSet(chosen))
		.execute()
}
