import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { patchPayments } from '#db/queries/payments.ts'
import { insertRefund, type NewRefund, type RefundRow } from '#db/queries/refunds.ts'
import { refundReserveJournal } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { conversionAudit, priceTakeBack, takeBackJournals, type TakenBack } from '../fx/take-back.server.ts'
import { refundEvent } from './refund-events.server.ts'

type Held = { refund: RefundRow; payment: PaymentRow }

type Hold = {
	/** Locked, with at least the refund's amount left. */
	payment: PaymentRow
	refund: Omit<
		NewRefund,
		'merchant_id' | 'payment_id' | 'currency' | 'provider' | 'requested_by' | keyof TakenBack
	>
	actor: Cause
	/** What the audit says happened. */
	action: 'refund.requested' | 'refund.mirrored'
	lookInSeconds: number
}

/** Step: a new refund, whose amount counts as refunded from here on until the gateway says otherwise. */
export async function holdRefund(tx: Tx, hold: Hold): Promise<Held> {
	const { payment, actor, action, lookInSeconds } = hold
	const { merchant_id: merchantId, currency } = payment
	const refund = await insertRefund(
		tx,
		{
			...hold.refund,
			...(await priceTakeBack(tx, payment, hold.refund.amount_minor)),
			merchant_id: merchantId,
			payment_id: payment.id,
			currency,
			provider: payment.gateway,
			requested_by: causeText(actor),
		},
		lookInSeconds,
	)
	const amountMinor = refund.amount_minor
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: payment.id,
				status: payment.status,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				refund_reserved_minor: payment.refund_reserved_minor + amountMinor,
			},
		],
	)
	const conversions = takeBackJournals('refund', refund, 'back')
	const [posting, ...converted] = await postJournals(tx, [
		refundReserveJournal({
			merchantId,
			gateway: refund.provider,
			sourceId: refund.id,
			currency,
			amountMinor,
		}),
		...conversions,
	])
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action,
			subject_id: refund.id,
			payload: {
				ledger_tx: posting ?? null,
				amount_minor: amountMinor.toString(),
				currency,
				pending_reason: refund.pending_reason,
				provider_ref: refund.provider_ref,
			},
			reason: refund.reason,
		},
		...conversions.map((journal, index) => conversionAudit(journal, converted[index], actor)),
	])
	await insertEvents(tx, refundEvent(refund, row, 'refund.created'))
	return { refund, payment: row }
}
