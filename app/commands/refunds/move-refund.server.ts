import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { patchPayments } from '#db/queries/payments.ts'
import { patchRefund, type RefundPatch, type RefundRow } from '#db/queries/refunds.ts'
import { refundJournal, refundReleaseJournal, type Journal } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { holdsMoney, isOver, type RefundStatus } from '../../domain/refunds/refund-state.ts'
import { conversionAudit, takeBackJournals } from '../fx/take-back.server.ts'
import { refundEvent } from './refund-events.server.ts'

type Moved = { refund: RefundRow; payment: PaymentRow }

type Move = {
	/** Both locked. */
	refund: RefundRow
	payment: PaymentRow
	to: RefundStatus
	cause: Cause
	patch?: RefundPatch
}

function journalsOf(refund: RefundRow, to: RefundStatus): Journal[] {
	const subject = {
		merchantId: refund.merchant_id,
		gateway: refund.provider,
		sourceId: refund.id,
		currency: refund.currency,
		amountMinor: refund.amount_minor,
	}
	if (to === 'succeeded') return [refundJournal(subject)]
	if (holdsMoney(to)) return []
	const release = refundReleaseJournal(subject, refund.status === 'succeeded')
	return [release, ...takeBackJournals('refund', refund, 'undone')]
}

/** Step: a legal move of a refund with everything that goes with it. What failed or was canceled gives its money back. */
export async function moveRefund(tx: Tx, { refund, payment, to, cause, patch }: Move): Promise<Moved> {
	const wasPaid = refund.status === 'succeeded'
	const changed = await patchRefund(tx, refund.id, {
		status: to,
		pending_reason: null,
		...(isOver(to) && { next_check_at: null, cancel_requested_by: null }),
		...patch,
	})
	const paid = to === 'succeeded' ? refund.amount_minor : wasPaid ? -refund.amount_minor : 0n
	const freed = holdsMoney(to) ? 0n : refund.amount_minor
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: payment.id,
				status: payment.status,
				cause_kind: cause.kind,
				cause_ref: cause.ref,
				refunded_minor: payment.refunded_minor + paid,
				refund_reserved_minor: payment.refund_reserved_minor - freed,
			},
		],
	)
	const journals = journalsOf(refund, to)
	const postings = await postJournals(tx, journals)
	await appendAudit(
		tx,
		journals.map((journal, index) =>
			journal.kind === 'conversion_undone'
				? conversionAudit(journal, postings[index], cause)
				: {
						merchant_id: refund.merchant_id,
						actor: causeText(cause),
						action: `refund.${to}`,
						subject_id: refund.id,
						payload: {
							ledger_tx: postings[index] ?? null,
							amount_minor: refund.amount_minor.toString(),
							currency: refund.currency,
							failure_reason: changed.failure_reason,
						},
						before: { status: refund.status },
						after: { status: to },
					},
		),
	)
	await insertEvents(tx, refundEvent(changed, row, `refund.${to}`))
	return { refund: changed, payment: row }
}
