import type { Kysely } from 'kysely'
import { listAttempts, type AttemptRow } from '#db/queries/attempts.ts'
import { disputesOf, toDispute, type DisputeRow } from '#db/queries/disputes.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { findQuote } from '#db/queries/fx-quotes.ts'
import { listPostings } from '#db/queries/ledger.ts'
import { listHistory } from '#db/queries/payment-history.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import { listRefunds } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { GatewayAttempt, PaymentDetail } from '../contracts/console.ts'
import { isRefundable } from '../domain/disputes/is-refundable.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import { advance } from '../domain/payments/payment-state.ts'
import type { Payers } from '../vault/payers.server.ts'
import { disputesInPayment } from './dispute-timeline.server.ts'
import { exchangeOf } from './exchange.server.ts'
import { postingViews } from './ledger-postings.server.ts'
import { reasonOf, timelineOf, type TitleOf } from './payment-timeline.server.ts'
import { refundTermsOf } from './refund-terms.server.ts'
import { refundViews, type Viewer } from './refund-view.server.ts'

const attemptView = (row: AttemptRow, titleOf: TitleOf): GatewayAttempt => ({
	id: row.id,
	gateway: titleOf(row.provider),
	status: row.status,
	gatewayRef: row.provider_ref,
	code: row.decline_code ?? row.code,
	standardCode: row.standard_code,
	route: reasonOf(row, titleOf),
	message: row.message,
	startedAt: row.started_at.getTime(),
	answeredAt: row.answered_at?.getTime() ?? null,
	nextCheckAt: row.next_check_at?.getTime() ?? null,
})

function allowed(payment: PaymentRow, disputes: readonly DisputeRow[]): PaymentDetail['can'] {
	const isIdle = payment.requested_operation === null
	const may = (trigger: Parameters<typeof advance>[1]) => isIdle && advance(payment.status, trigger).ok
	return {
		refund: payment.captured_minor > payment.refund_reserved_minor && isRefundable(disputes),
		capture: may('capture'),
		cancel: may('cancel') || may('void'),
		approve: may('approve'),
		reject: may('reject'),
	}
}

/** Everything about one payment of this merchant; null when it is not theirs. */
export async function presentPaymentDetail(
	{ db, payers, gateways }: { db: Kysely<DB>; payers: Payers; gateways: Gateways },
	viewer: Viewer & { mayReadAudit?: boolean },
	paymentId: string,
): Promise<PaymentDetail | null> {
	const { merchantId, mayReadAudit = false } = viewer
	const cursor = await presentCursor(db)
	const payment = await findPayment(db, { merchantId, id: paymentId })
	if (!payment) return null
	const [attempts, refunds, disputes, history, postings, terms, quote, opener] = await Promise.all([
		listAttempts(db, paymentId),
		listRefunds(db, paymentId),
		disputesOf(db, paymentId),
		listHistory(db, paymentId),
		listPostings(db, paymentId),
		refundTermsOf(db, merchantId, [payment]),
		payment.fx_quote_id === null ? undefined : findQuote(db, payment.fx_quote_id),
		payers.opener(db, [payment.sealed_email, payment.sealed_ip]),
	])
	const titleOf: TitleOf = (name) => gateways.find(name)?.title ?? name
	const views = (await refundViews(db, viewer, refunds)).map(({ view }) => view)
	const email = opener('email', payment.sealed_email)
	return {
		payment: { ...toPayment(payment), receipt_email: email },
		refunds: views,
		refundTerms: terms.get(paymentId) ?? { fee: 0, limit: null, alone: null },
		disputes: disputes.map(toDispute),
		exchange: quote ? exchangeOf(quote) : null,
		timeline: [...timelineOf(history, attempts, refunds, titleOf), ...disputesInPayment(disputes)].sort(
			(a, b) => a.at - b.at,
		),
		postings: postingViews(postings),
		attempts: attempts.map((row) => attemptView(row, titleOf)),
		customer: {
			payer: payment.payer_id,
			email,
			ip: opener('ip', payment.sealed_ip),
			ipCountry: payment.client_country,
		},
		can: allowed(payment, disputes),
		mayReadAudit,
		cursor: cursorText(cursor),
	}
}
