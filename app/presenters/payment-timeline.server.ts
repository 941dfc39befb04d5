import type { AttemptRow } from '#db/queries/attempts.ts'
import type { HistoryRow } from '#db/queries/payment-history.ts'
import type { RefundRow } from '#db/queries/refunds.ts'
import type { TimelineEntry } from '../contracts/console.ts'
import { causeFromText, type CauseKind } from '../domain/payments/cause.ts'
import type { PaymentState } from '../domain/payments/payment-state.ts'

const CAUSE: Record<CauseKind, string> = {
	api: 'API request',
	checkout: 'Shopper at checkout',
	console: 'Person in the console',
	job: 'Payment worker',
	webhook: 'Message from the gateway',
	janitor: 'Check of an open outcome',
}

const causeOf = (kind: CauseKind, ref: string | null): TimelineEntry['cause'] => ({
	kind,
	ref,
	label: CAUSE[kind],
})

const STEP: Record<PaymentState, { title: string; tone: TimelineEntry['tone'] }> = {
	requires_payment_method: { title: 'Waiting for a payment method', tone: 'waiting' },
	screening: { title: 'Checking for fraud', tone: 'neutral' },
	in_review: { title: 'Held for review, money not taken', tone: 'waiting' },
	processing: { title: 'Sent to the gateway', tone: 'neutral' },
	requires_action: { title: 'Waiting for the payer to confirm with their bank', tone: 'waiting' },
	requires_capture: { title: 'Authorized, waiting for capture', tone: 'waiting' },
	succeeded: { title: 'Paid', tone: 'good' },
	failed: { title: 'Failed, nothing was charged', tone: 'bad' },
	canceled: { title: 'Canceled, nothing was charged', tone: 'neutral' },
}

function stepOf(row: HistoryRow): Pick<TimelineEntry, 'title' | 'tone'> {
	if (row.from_status === 'none') return { title: 'Payment created', tone: 'neutral' }
	if (row.to_status === 'requires_payment_method')
		return { title: 'Declined, the payer may try again', tone: 'bad' }
	return STEP[row.to_status]
}

const REFUND: Record<RefundRow['status'], { title: string; tone: TimelineEntry['tone'] }> = {
	pending: { title: 'Refund requested', tone: 'waiting' },
	requires_action: { title: 'Refund waits for the payer', tone: 'waiting' },
	succeeded: { title: 'Refunded', tone: 'good' },
	failed: { title: 'Refund failed, the money is yours again', tone: 'bad' },
	canceled: { title: 'Refund canceled', tone: 'neutral' },
}

/** The story of a payment, oldest first: its moves, what each try was told, and its refunds. */
export function timelineOf(
	history: readonly HistoryRow[],
	attempts: readonly AttemptRow[],
	refunds: readonly RefundRow[],
): TimelineEntry[] {
	const entries: TimelineEntry[] = history.map((row) => ({
		id: `step-${row.seq}`,
		at: row.at.getTime(),
		detail: null,
		cause: causeOf(row.cause_kind, row.cause_ref),
		...stepOf(row),
	}))
	for (const attempt of attempts) {
		if (attempt.message === null) continue
		entries.push({
			id: attempt.id,
			at: (attempt.answered_at ?? attempt.started_at).getTime(),
			title: attempt.status === 'unknown' ? 'No answer from the gateway' : 'Answer of the gateway',
			detail: attempt.message,
			cause: causeOf('job', attempt.provider_ref),
			tone: attempt.status === 'unknown' ? 'waiting' : 'bad',
		})
	}
	for (const refund of refunds) {
		const { kind, ref } = causeFromText(refund.requested_by)
		entries.push({
			...REFUND.pending,
			id: `${refund.id}-asked`,
			at: refund.created_at.getTime(),
			detail: null,
			cause: causeOf(kind, ref),
		})
		if (refund.status === 'pending') continue
		entries.push({
			...REFUND[refund.status],
			id: refund.id,
			at: refund.updated_at.getTime(),
			detail: refund.failure_reason,
			cause: causeOf('job', refund.provider_ref),
		})
	}
	return entries.sort((a, b) => a.at - b.at)
}
