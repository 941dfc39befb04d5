import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { hasPosting, postJournals } from '#db/queries/ledger.ts'
import { lockPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { feeJournal } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Input = {
	merchantId: string
	paymentId: string
	/** In the payment's currency; negative when the gateway gave a fee back. */
	feeMinor: bigint
	currency: string
	cause: Cause
}

/** Books a fee the gateway had not named when the money was taken. Safe to run twice: once per payment. */
export async function bookFee({ db }: { db: Kysely<DB> }, input: Input): Promise<void> {
	const { merchantId, paymentId, feeMinor, currency, cause } = input
	await inTransaction(db, async (tx) => {
		const payment = await lockPayment(tx, { merchantId, id: paymentId })
		if (payment?.status !== 'succeeded' || payment.currency !== currency) return
		if (await hasPosting(tx, { sourceType: 'payment', sourceId: paymentId, kind: 'fee' })) return
		const [posting] = await postJournals(tx, [
			feeJournal({
				merchantId,
				gateway: payment.gateway,
				sourceId: paymentId,
				currency,
				amountMinor: feeMinor,
			}),
		])
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: causeText(cause),
				action: 'payment.fee_booked',
				subject_id: paymentId,
				payload: { ledger_tx: posting ?? null, amount_minor: feeMinor.toString(), currency },
			},
		])
	})
}
