import type { AttemptRow } from '#db/queries/attempts.ts'
import type { HistoryRow } from '#db/queries/payment-history.ts'
import type { RefundRow } from '#db/queries/refunds.ts'
import type { TimelineEntry } from '../contracts/console.ts'
import { causeFromText, type CauseKind } from '../domain/payments/cause.ts'
import { failureMessage } from '../domain/refunds/refund-reasons.ts'
import { routeFromJson, routeWords } from '../domain/routing/route.ts'
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

function askedOf(refund: RefundRow): string {
	if (refund.made_at_gateway) return 'Refunded at the gateway’s own dashboard'
	const isAboveLimit = refund.pending_reason === 'awaiting_approval' || refund.approval_decided_by !== null
	return isAboveLimit ? 'Refund requested, a colleague must approve it' : REFUND.pending.title
}

function stepsOfRefund(refund: RefundRow): TimelineEntry[] {
	const asked = causeFromText(refund.requested_by)
	const steps: TimelineEntry[] = [
		{
			id: `${refund.id}-asked`,
			at: refund.created_at.getTime(),
			title: askedOf(refund),
			detail: null,
			cause: causeOf(asked.kind, asked.ref),
			tone: 'waiting',
		},
	]
	const wasRejected = refund.failure_reason === 'approval_rejected'
	if (refund.approval_decided_by !== null && refund.approval_decided_at !== null && !wasRejected) {
		const decided = causeFromText(refund.approval_decided_by)
		steps.push({
			id: `${refund.id}-approved`,
			at: refund.approval_decided_at.getTime(),
			title: 'Refund approved by a colleague',
			detail: null,
			cause: causeOf(decided.kind, decided.ref),
			tone: 'neutral',
		})
	}
	if (refund.status === 'pending') return steps
	const by =
		wasRejected && refund.approval_decided_by !== null ? causeFromText(refund.approval_decided_by) : null
	steps.push({
		...REFUND[refund.status],
		id: refund.id,
		at: refund.updated_at.getTime(),
		detail: refund.failure_reason === null ? null : failureMessage(refund.failure_reason),
		cause: by ? causeOf(by.kind, by.ref) : causeOf('job', refund.provider_ref),
	})
	return steps
}

export type TitleOf = (gateway: string) => string

/** Why an attempt went where it went; null when there was no choice. */
export function reasonOf(attempt: AttemptRow, titleOf: TitleOf): string | null {
	const route = routeFromJson(attempt.route)
	return route && routeWords(route, titleOf)
}

function stepsOfAttempt(attempt: AttemptRow, titleOf: TitleOf): TimelineEntry[] {
	const title = titleOf(attempt.provider)
	const steps: TimelineEntry[] = []
	const route = routeFromJson(attempt.route)
	if (route) {
		steps.push({
			id: `${attempt.id}-route`,
			at: attempt.started_at.getTime(),
			title: route.after ? `Sent on to ${title}` : `${title} was chosen`,
			detail: routeWords(route, titleOf),
			cause: causeOf('job', null),
			tone: 'neutral',
		})
	}
	if (attempt.message !== null) {
		steps.push({
			id: attempt.id,
			at: (attempt.answered_at ?? attempt.started_at).getTime(),
			title: attempt.status === 'unknown' ? `No answer from ${title}` : `Answer of ${title}`,
			detail: attempt.message,
			cause: causeOf('job', attempt.provider_ref),
			tone: attempt.status === 'unknown' ? 'waiting' : 'bad',
		})
	}
	return steps
}

/** The story of a payment, oldest first: its moves, what each try was told, and its refunds. */
export function timelineOf(
	history: readonly HistoryRow[],
	attempts: readonly AttemptRow[],
	refunds: readonly RefundRow[],
	titleOf: TitleOf,
): TimelineEntry[] {
	const entries: TimelineEntry[] = history.map((row) => ({
		id: `step-${row.seq}`,
		at: row.at.getTime(),
		detail: null,
		cause: causeOf(row.cause_kind, row.cause_ref),
		...stepOf(row),
	}))
	for (const attempt of attempts) entries.push(...stepsOfAttempt(attempt, titleOf))
	for (const refund of refunds) entries.push(...stepsOfRefund(refund))
	return entries.sort((a, b) => a.at - b.at)
}
