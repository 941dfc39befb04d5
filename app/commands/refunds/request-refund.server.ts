import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment, patchPayments } from '#db/queries/payments.ts'
import { insertRefund, toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { Refund } from '../../contracts/payments.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { refundReserveJournal } from '../../domain/ledger/journal.ts'
import { toDecimal } from '../../domain/money/money.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { RefundReason } from '../../domain/refunds/refund-state.ts'
import { paymentNotFound } from '../payments/request-operation.server.ts'
import { refundEvent } from './refund-events.server.ts'

export type RefundDeps = {
	db: Kysely<DB>
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}

export type RefundInput = {
	merchantId: string
	paymentId: string
	/** Null gives back everything that is left. */
	amountMinor: bigint | null
	reason: RefundReason | null
	actor: Cause
	refundId?: string
}

function refundableOf(payment: PaymentRow, asked: bigint | null): bigint {
	if (payment.status !== 'succeeded') {
		throw new DomainError(
			'conflict',
			'payment_not_refundable',
			`Nothing was captured: this payment is ${payment.status}. Cancel it instead.`,
		)
	}
	const left = payment.captured_minor - payment.refund_reserved_minor
	if (left === 0n) {
		throw new DomainError(
			'conflict',
			'charge_already_refunded',
			'This payment has been refunded in full already.',
		)
	}
	const amount = asked ?? left
	if (amount > left) {
		const most = toDecimal({ minor: left, currency: payment.currency })
		throw new DomainError(
			'invalid',
			'amount_too_large',
			`Only ${most} ${payment.currency.toUpperCase()} of this payment can still be refunded.`,
			{ param: 'amount' },
		)
	}
	return amount
}

/** Step: reserves the amount under the payment's lock; from here on it counts as refunded until the gateway says otherwise. */
export async function reserveRefund(
	tx: Tx,
	{ enqueue }: { enqueue: Enqueue },
	input: RefundInput,
): Promise<Refund> {
	const { merchantId, paymentId, actor } = input
	const payment = await lockPayment(tx, { merchantId, id: paymentId })
	if (!payment) throw paymentNotFound(paymentId)
	const amountMinor = refundableOf(payment, input.amountMinor)
	const { currency } = payment
	const refund = await insertRefund(tx, {
		id: input.refundId ?? newId('re'),
		merchant_id: merchantId,
		payment_id: paymentId,
		amount_minor: amountMinor,
		currency,
		reason: input.reason,
		provider: payment.gateway,
		requested_by: causeText(actor),
	})
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: paymentId,
				status: payment.status,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				refund_reserved_minor: payment.refund_reserved_minor + amountMinor,
			},
		],
	)
	const [posting] = await postJournals(tx, [
		refundReserveJournal({ merchantId, sourceId: refund.id, currency, amountMinor }),
	])
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action: 'refund.requested',
			subject_id: refund.id,
			payload: {
				ledger_tx: posting ?? null,
				amount_minor: amountMinor.toString(),
				currency,
				reason: input.reason,
			},
		},
	])
	await insertEvents(tx, refundEvent(refund, row, 'refund.created'))
	await enqueue(tx, sendRefund, [{ refundId: refund.id }])
	return toRefund(refund)
}

export async function requestRefund(deps: RefundDeps, input: RefundInput): Promise<Refund> {
	const refund = await inTransaction(deps.db, (tx) => reserveRefund(tx, deps, input))
	deps.committed([sendRefund.name])
	return refund
}
