import type { Kysely } from 'kysely'
import { listAttempts, type AttemptRow } from '#db/queries/attempts.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { listPostings, type PostingRow } from '#db/queries/ledger.ts'
import { listHistory } from '#db/queries/payment-history.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import { listRefunds, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { GatewayAttempt, LedgerPosting, PaymentDetail } from '../contracts/console.ts'
import { advance } from '../domain/payments/payment-state.ts'
import { timelineOf } from './payment-timeline.server.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

const attemptView = (row: AttemptRow): GatewayAttempt => ({
	id: row.id,
	gateway: row.provider,
	status: row.status,
	gatewayRef: row.provider_ref,
	code: row.decline_code ?? row.code,
	message: row.message,
	startedAt: row.started_at.getTime(),
	answeredAt: row.answered_at?.getTime() ?? null,
	nextCheckAt: row.next_check_at?.getTime() ?? null,
})

function postingViews(rows: readonly PostingRow[]): LedgerPosting[] {
	const byId = Map.groupBy(rows, (row) => row.id)
	return [...byId].map(([id, entries]) => ({
		id,
		kind: entries[0]?.kind ?? '',
		at: entries[0]?.created_at.getTime() ?? 0,
		entries: entries.map((entry) => ({
			account: entry.account,
			amount: jsonAmount(entry.amount_minor),
			currency: entry.currency,
		})),
	}))
}

function allowed(payment: PaymentRow): PaymentDetail['can'] {
	const isIdle = payment.requested_operation === null
	const may = (trigger: Parameters<typeof advance>[1]) => isIdle && advance(payment.status, trigger).ok
	return {
		refund: payment.captured_minor > payment.refund_reserved_minor,
		capture: may('capture'),
		cancel: may('cancel') || may('void'),
		approve: may('approve'),
		reject: may('reject'),
	}
}

/** Everything about one payment of this merchant; null when it is not theirs. */
export async function presentPaymentDetail(
	{ db }: { db: Kysely<DB> },
	{ merchantId, paymentId }: { merchantId: string; paymentId: string },
): Promise<PaymentDetail | null> {
	const cursor = await presentCursor(db)
	const payment = await findPayment(db, { merchantId, id: paymentId })
	if (!payment) return null
	const [attempts, refunds, history, postings] = await Promise.all([
		listAttempts(db, paymentId),
		listRefunds(db, paymentId),
		listHistory(db, paymentId),
		listPostings(db, paymentId),
	])
	return {
		payment: toPayment(payment),
		refunds: refunds.map(toRefund),
		timeline: timelineOf(history, attempts, refunds),
		postings: postingViews(postings),
		attempts: attempts.map(attemptView),
		customer: { email: payment.receipt_email, ip: payment.client_ip, ipCountry: payment.client_country },
		can: allowed(payment),
		cursor: cursorText(cursor),
	}
}
