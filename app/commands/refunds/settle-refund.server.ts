import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment, patchPayments } from '#db/queries/payments.ts'
import { findRefund, lockRefund, patchRefund, type RefundRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import type { CompleteJobs, Enqueue, FetchedJob } from '#jobs/enqueue.ts'
import { refundJournal, refundReleaseJournal } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { nextCheckDelay } from '../../domain/payments/check-schedule.ts'
import type { RefundOutcome } from '../../domain/payments/ports.ts'
import { holdsMoney, mayBecome, type RefundStatus } from '../../domain/refunds/refund-state.ts'
import { refundEvent } from './refund-events.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
}

type Input = { refundId: string; outcome: RefundOutcome; cause: Cause; job: FetchedJob | null }

/** The gateway has not decided: look again later, and put it before a person when the schedule is used up. */
async function waitLonger(tx: Tx, deps: Deps, refund: RefundRow, outcome: RefundOutcome): Promise<void> {
	const delay = nextCheckDelay(refund.checks)
	await patchRefund(tx, refund.id, {
		checks: refund.checks + 1,
		next_check_at: delay === null ? null : new Date(deps.clock.now().getTime() + delay * 1000),
		...('ref' in outcome && outcome.ref !== null && { provider_ref: outcome.ref }),
	})
	if (delay !== null) {
		await deps.enqueue(tx, sendRefund, [{ refundId: refund.id }], { startAfterSeconds: delay })
		return
	}
	await openAttention(tx, [
		{
			merchant_id: refund.merchant_id,
			kind: 'refund_unknown',
			subject_id: refund.id,
			detail: 'The gateway never said what became of this refund. Look it up there before refunding again.',
		},
	])
}

async function decide(tx: Tx, refund: RefundRow, payment: PaymentRow, status: RefundStatus, input: Input) {
	const { outcome, cause } = input
	const subject = {
		merchantId: refund.merchant_id,
		sourceId: refund.id,
		currency: refund.currency,
		amountMinor: refund.amount_minor,
	}
	const wasPaid = refund.status === 'succeeded'
	const gaveBack = !holdsMoney(status)
	const journals =
		status === 'succeeded'
			? [refundJournal(subject)]
			: gaveBack
				? [refundReleaseJournal(subject, wasPaid)]
				: []
	const changed = await patchRefund(tx, refund.id, {
		status,
		next_check_at: null,
		failure_reason: 'reason' in outcome ? outcome.reason : null,
		...('ref' in outcome && outcome.ref !== null && { provider_ref: outcome.ref }),
	})
	const paid = status === 'succeeded' ? refund.amount_minor : wasPaid ? -refund.amount_minor : 0n
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
				refund_reserved_minor: payment.refund_reserved_minor - (gaveBack ? refund.amount_minor : 0n),
			},
		],
	)
	const postings = await postJournals(tx, journals)
	await appendAudit(
		tx,
		postings.map((posting) => ({
			merchant_id: refund.merchant_id,
			actor: causeText(cause),
			action: `refund.${status}`,
			subject_id: refund.id,
			payload: {
				ledger_tx: posting,
				amount_minor: refund.amount_minor.toString(),
				currency: refund.currency,
			},
		})),
	)
	await insertEvents(tx, refundEvent(changed, row, `refund.${status}`))
}

function statusOf(refund: RefundRow, outcome: RefundOutcome): RefundStatus | null {
	if (outcome.kind === 'unknown') return null
	const matches =
		!('amountMinor' in outcome) ||
		(outcome.amountMinor === refund.amount_minor && outcome.currency === refund.currency)
	return matches ? outcome.kind : null
}

/** Applies what the gateway says of a refund; locks the payment before the refund, as every writer does. */
export async function settleRefund(deps: Deps, input: Input): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		const found = await findRefund(tx, input.refundId)
		const payment = found && (await lockPayment(tx, { merchantId: found.merchant_id, id: found.payment_id }))
		const refund = found && (await lockRefund(tx, found.id))
		if (refund && payment) {
			const status = statusOf(refund, input.outcome)
			if (status !== null && mayBecome(refund.status, status))
				await decide(tx, refund, payment, status, input)
			const open = refund.status === 'pending' || refund.status === 'requires_action'
			const undecided = status === null || status === 'pending' || status === 'requires_action'
			if (open && undecided && input.job) await waitLonger(tx, deps, refund, input.outcome)
		}
		if (input.job) await deps.completeJobs(tx, [input.job])
	})
	deps.committed([])
}
