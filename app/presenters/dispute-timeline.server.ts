import type { DisputeAudit, DisputeRow } from '#db/queries/disputes.ts'
import type { TimelineEntry } from '../contracts/console.ts'
import { causeFromText, type CauseKind } from '../domain/payments/cause.ts'

const CAUSE: Record<CauseKind, string> = {
	api: 'API request',
	checkout: 'Shopper at checkout',
	console: 'Person in the console',
	job: 'Dispute worker',
	webhook: 'Message from the gateway',
	janitor: 'Check of an open case',
}

type Words = Pick<TimelineEntry, 'title' | 'tone'>

const STEPS: Readonly<Record<string, Words>> = {
	'dispute.opened': { title: 'The customer’s bank opened the case', tone: 'bad' },
	'dispute.escalated': { title: 'The bank turned it into the next stage', tone: 'bad' },
	'dispute.asked_again': { title: 'The bank asked once more', tone: 'waiting' },
	'dispute.funds_held': { title: 'The bank took the money, and it is held', tone: 'bad' },
	'dispute.evidence_saved': { title: 'Draft saved', tone: 'neutral' },
	'dispute.submit_requested': { title: 'Evidence was sent off', tone: 'neutral' },
	'dispute.accept_requested': { title: 'The case was given up', tone: 'neutral' },
	'dispute.under_review': { title: 'The bank is deciding', tone: 'waiting' },
	'dispute.won': { title: 'The bank decided for you', tone: 'good' },
	'dispute.lost': { title: 'The bank decided for the customer', tone: 'bad' },
	'dispute.closed': { title: 'Closed without a verdict', tone: 'neutral' },
	'dispute.funds_returned': { title: 'The money came back', tone: 'good' },
	'dispute.conversion_back': { title: 'It left your balance at the rate of the payment', tone: 'bad' },
	'dispute.conversion_undone': { title: 'Your balance has exactly as much as before', tone: 'good' },
	'dispute.loss_booked': { title: 'The loss was booked', tone: 'bad' },
}

const causeOf = (actor: string): TimelineEntry['cause'] => {
	const { kind, ref } = causeFromText(actor)
	return { kind, ref, label: CAUSE[kind] }
}

/** The story of one case, from the log nobody can rewrite. */
export const disputeTimeline = (rows: readonly DisputeAudit[]): TimelineEntry[] =>
	rows.map((row) => ({
		id: `audit-${row.seq}`,
		at: row.at.getTime(),
		detail: null,
		cause: causeOf(row.actor),
		...(STEPS[row.action] ?? { title: row.action, tone: 'neutral' }),
	}))

const ENDED: Readonly<Partial<Record<DisputeRow['status'], Words>>> = {
	won: { title: 'Dispute won, the money is yours', tone: 'good' },
	lost: { title: 'Dispute lost, the customer keeps the money', tone: 'bad' },
	closed: { title: 'The bank closed its case', tone: 'neutral' },
}

/** What a payment's own story tells of its cases. */
export function disputesInPayment(rows: readonly DisputeRow[]): TimelineEntry[] {
	return rows.flatMap((row) => {
		const cause: TimelineEntry['cause'] = { kind: 'webhook', ref: row.provider_ref, label: CAUSE.webhook }
		const opened =
			row.stage === 'inquiry' ? 'The customer’s bank asked about it' : 'Disputed by the customer’s bank'
		const entries: TimelineEntry[] = [
			{
				id: `${row.id}-opened`,
				at: row.opened_at.getTime(),
				title: opened,
				detail: null,
				cause,
				tone: 'bad',
			},
		]
		if (row.evidence_submitted_at) {
			entries.push({
				id: `${row.id}-answered`,
				at: row.evidence_submitted_at.getTime(),
				title: 'Evidence was submitted to the bank',
				detail: null,
				cause: causeOf(row.evidence_submitted_by ?? 'job'),
				tone: 'neutral',
			})
		}
		const words = ENDED[row.status]
		if (words && row.closed_at) {
			entries.push({ id: `${row.id}-ended`, at: row.closed_at.getTime(), detail: null, cause, ...words })
		}
		return entries
	})
}
