import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import type { DB } from '#db/schema.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = { merchantId: string; actor: Cause; filters: Readonly<Record<string, string>> }

/** Written before the first byte leaves: a download that breaks off was a download. */
export async function recordDownload(
	{ db }: { db: Kysely<DB> },
	{ merchantId, actor, filters }: Input,
): Promise<void> {
	await inTransaction(db, (tx) =>
		appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(actor),
				action: 'audit_record.downloaded',
				subject_id: merchantId,
				payload: filters,
			},
		]),
	)
}
