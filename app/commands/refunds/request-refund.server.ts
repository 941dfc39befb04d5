import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { findRefundLimit, refundedAlone, refundedBy } from '#db/queries/refund-limits.ts'
import { toRefund } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { Refund } from '../../contracts/payments.ts'
import type { Grant } from '../../domain/access/grant.ts'
import { requireMove } from '../../domain/access/may-move.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { requireCardStep } from '../../domain/money/require-card-step.ts'
import { toDecimal } from '../../domain/money/money.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { RefundReason } from '../../domain/refunds/refund-state.ts'
import { refuseDisputedRefund } from '../disputes/refuse-disputed-refund.server.ts'
import { noteOutcome } from '../fraud/note-outcome.server.ts'
import { paymentNotFound } from '../payments/request-operation.server.ts'
import { holdRefund } from './hold-refund.server.ts'

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
	/** What the actor may do. */
	grant: Grant
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
	requireCardStep({ minor: amount, currency: payment.currency }, 'amount')
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

/** A person has this long to approve; then the refund ends and its amount is free again. */
const APPROVAL_SECONDS = 7 * 86_400
/** By then the job has long sent it; if not, the janitor does. */
export const FIRST_LOOK_SECONDS = 60

/** The parts of one payment count together, so that no limit is passed in small steps. */
async function needsApproval(tx: Tx, payment: PaymentRow, amountMinor: bigint): Promise<boolean> {
	const limit = await findRefundLimit(tx, { merchantId: payment.merchant_id, currency: payment.currency })
	if (limit === null) return false
	const alone = await refundedAlone(tx, [payment.id])
	return amountMinor + (alone.get(payment.id) ?? 0n) > limit
}

/** What one person gives back of one payment counts together as well. */
async function requireWithinRole(
	tx: Tx,
	{ id, currency }: PaymentRow,
	amountMinor: bigint,
	{ actor, grant }: RefundInput,
): Promise<void> {
	const hasLimit = grant.limits['refunds.create'] !== undefined
	const before = hasLimit ? await refundedBy(tx, { paymentId: id, by: causeText(actor) }) : 0n
	requireMove(grant, 'refunds.create', { minor: before + amountMinor, currency }, 'amount')
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
	await refuseDisputedRefund(tx, paymentId)
	const amountMinor = refundableOf(payment, input.amountMinor)
	await requireWithinRole(tx, payment, amountMinor, input)
	const isAboveLimit = await needsApproval(tx, payment, amountMinor)
	const { refund } = await holdRefund(tx, {
		payment,
		refund: {
			id: input.refundId ?? newId('re'),
			amount_minor: amountMinor,
			reason: input.reason,
			pending_reason: isAboveLimit ? 'awaiting_approval' : null,
		},
		actor,
		action: 'refund.requested',
		lookInSeconds: isAboveLimit ? APPROVAL_SECONDS : FIRST_LOOK_SECONDS,
	})
	if (input.reason === 'fraudulent')
		await noteOutcome(tx, payment, { source: 'refund', verdict: 'fraud', cause: actor })
	if (!isAboveLimit) await enqueue(tx, sendRefund, [{ refundId: refund.id }])
	return toRefund(refund)
}

export async function requestRefund(deps: RefundDeps, input: RefundInput): Promise<Refund> {
	const refund = await inTransaction(deps.db, (tx) => reserveRefund(tx, deps, input))
	deps.committed([sendRefund.name])
	return refund
}
