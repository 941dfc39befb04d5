import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockRefundLimit, writeRefundLimit } from '#db/queries/refund-limits.ts'
import type { DB } from '#db/schema.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = {
	merchantId: string
	currency: string
	/** Refunds above it need a second person; null takes the limit away. */
	aboveMinor: bigint | null
	actor: Cause
}

/** Refunds that wait already keep waiting; the new limit counts from the next one. */
export async function setRefundLimit({ db }: { db: Kysely<DB> }, input: Input): Promise<void> {
	const { merchantId, currency, aboveMinor, actor } = input
	const by = causeText(actor)
	await inTransaction(db, async (tx) => {
		const before = await lockRefundLimit(tx, { merchantId, currency })
		if (before === aboveMinor) return
		await writeRefundLimit(tx, { merchantId, currency }, { aboveMinor, by })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'refund_limit.changed',
				subject_id: merchantId,
				payload: { currency },
				before: { approval_above_minor: before?.toString() ?? null },
				after: { approval_above_minor: aboveMinor?.toString() ?? null },
			},
		])
	})
}
