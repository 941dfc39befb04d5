import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { insertEvents } from '#db/queries/events.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { findRefund, lockRefund, patchRefund, type RefundPatch, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { CompleteJobs, Enqueue, FetchedJob } from '#jobs/enqueue.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { nextCheckDelay } from '../../domain/payments/check-schedule.ts'
import type { RefundOutcome } from '../../domain/payments/ports.ts'
import { judgeRefund } from '../../domain/refunds/judge-refund.ts'
import { isOver } from '../../domain/refunds/refund-state.ts'
import { moveRefund } from './move-refund.server.ts'
import { refundEvent } from './refund-events.server.ts'

export type SettleRefundDeps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
}

type Input = {
	refundId: string
	outcome: RefundOutcome
	cause: Cause
	/** The job that asked, and which question of the schedule it was; null for news that came by itself. */
	asked: { job: FetchedJob; check: number } | null
}

const DAY_SECONDS = 86_400

/** What an undecided answer still says. */
function learned({ outcome }: Input): RefundPatch {
	if (outcome.kind === 'unknown') return {}
	return {
		...(outcome.ref !== null && { provider_ref: outcome.ref }),
		...('pendingReason' in outcome && { pending_reason: outcome.pendingReason }),
		cancel_requested_by: null,
	}
}

/**
 * Not decided: the next question is queued, after the last one the janitor asks once a day. Only the question that
 * is due counts, so that a job that runs twice does not start a second row of questions.
 */
async function waitLonger(
	tx: Tx,
	deps: SettleRefundDeps,
	refund: RefundRow,
	input: Input,
): Promise<RefundRow> {
	const { outcome, asked } = input
	if (!asked || asked.check !== refund.checks) return patchRefund(tx, refund.id, learned(input))
	const delay = nextCheckDelay(refund.checks)
	const inSeconds = delay ?? DAY_SECONDS
	const changed = await patchRefund(tx, refund.id, {
		...learned(input),
		checks: refund.checks + 1,
		next_check_at: new Date(deps.clock.now().getTime() + inSeconds * 1000),
	})
	if (delay !== null) {
		const next = { refundId: refund.id, check: changed.checks }
		await deps.enqueue(tx, sendRefund, [next], { startAfterSeconds: delay })
	} else if (outcome.kind === 'unknown') {
		const detail =
			'The gateway never said what became of this refund. Look it up there before refunding again.'
		await openAttention(tx, [{ ...about(refund), kind: 'refund_unknown', detail }])
	}
	return changed
}

const about = (refund: RefundRow) => ({ merchant_id: refund.merchant_id, subject_id: refund.id })

/** The amount stays as it is in the books; asking once a day tells when somebody has mended it at the gateway. */
async function holdDifference(
	tx: Tx,
	deps: SettleRefundDeps,
	refund: RefundRow,
	input: Input,
	detail: string,
) {
	await openAttention(tx, [{ ...about(refund), kind: 'gateway_mismatch', detail }])
	if (isOver(refund.status)) return
	await patchRefund(tx, refund.id, {
		...('ref' in input.outcome && input.outcome.ref !== null && { provider_ref: input.outcome.ref }),
		next_check_at: new Date(deps.clock.now().getTime() + DAY_SECONDS * 1000),
	})
}

async function apply(tx: Tx, deps: SettleRefundDeps, refund: RefundRow, payment: PaymentRow, input: Input) {
	const { outcome, cause } = input
	const judged = judgeRefund(
		{
			status: refund.status,
			amountMinor: refund.amount_minor,
			currency: refund.currency,
			providerRef: refund.provider_ref,
		},
		outcome,
	)
	if (judged.kind === 'stays') return
	if (judged.kind === 'differs') return holdDifference(tx, deps, refund, input, judged.detail)
	if (judged.kind === 'waits') {
		const changed = await waitLonger(tx, deps, refund, input)
		if (changed.pending_reason !== refund.pending_reason) {
			await insertEvents(tx, refundEvent(changed, payment, 'refund.updated'))
		}
		return
	}
	const reason = 'reason' in outcome ? outcome.reason : null
	const moved = await moveRefund(tx, {
		refund,
		payment,
		to: judged.to,
		cause,
		patch: { ...learned(input), failure_reason: reason },
	})
	if (!isOver(judged.to)) await waitLonger(tx, deps, moved.refund, input)
}

/** Applies what the gateway says of a refund; locks the payment before the refund, as every writer does. */
export async function settleRefund(deps: SettleRefundDeps, input: Input): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		const found = await findRefund(tx, input.refundId)
		const payment = found && (await lockPayment(tx, { merchantId: found.merchant_id, id: found.payment_id }))
		const refund = found && (await lockRefund(tx, found.id))
		if (refund && payment) await apply(tx, deps, refund, payment, input)
		if (input.asked) await deps.completeJobs(tx, [input.asked.job])
	})
	deps.committed([])
}
