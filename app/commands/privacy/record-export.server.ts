import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findPayer, type PayerRow } from '#db/queries/payers.ts'
import { insertPrivacyRequest, readHoldings } from '#db/queries/privacy.ts'
import type { DB } from '#db/schema.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { payerNotFound } from './find-payer.server.ts'

type Input = { merchantId: string; payerId: string; actor: Cause }

/** Written before the first byte leaves: an export that breaks off was an export. */
export async function recordExport(
	{ db }: { db: Kysely<DB> },
	{ merchantId, payerId, actor }: Input,
): Promise<PayerRow> {
	return inTransaction(db, async (tx) => {
		const payer = await findPayer(tx, { merchantId, id: payerId })
		if (!payer) throw payerNotFound()
		const { first_at: _first, last_at: _last, ...counts } = await readHoldings(tx, { merchantId, payerId })
		const requestedBy = causeText(actor)
		const request = await insertPrivacyRequest(tx, {
			id: newId('prv'),
			merchant_id: merchantId,
			payer_id: payerId,
			kind: 'export',
			status: 'done',
			holds: [],
			counts,
			reason: null,
			requested_by: requestedBy,
		})
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: requestedBy,
				action: 'payer.exported',
				subject_id: payerId,
				payload: { request: request.id, payments: counts.payments },
			},
		])
		return payer
	})
}
