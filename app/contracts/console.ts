import type { AttemptStatus } from '../domain/payments/ports.ts'
import type { ExchangeBackView, ExchangeView, Together } from './currency-settings.ts'
import type { Dispute } from './disputes.ts'
import type { Payment, Refund } from './payments.ts'

/** Periods the overview can look back over, with the width of one chart bucket. */
export const PERIODS = {
	'1h': { label: 'Last hour', seconds: 3_600, bucketSeconds: 120 },
	'24h': { label: 'Last 24 hours', seconds: 86_400, bucketSeconds: 3_600 },
	'7d': { label: 'Last 7 days', seconds: 604_800, bucketSeconds: 21_600 },
	'30d': { label: 'Last 30 days', seconds: 2_592_000, bucketSeconds: 86_400 },
} as const
export type Period = keyof typeof PERIODS

/** Amounts are minor units of `currency`; rates are 0..1 or null when there is nothing to divide by. */
export type Overview = {
	period: Period
	currency: string
	/** Currencies this merchant has taken, most used first. */
	currencies: string[]
	tiles: {
		volume: { amount: number; payments: number }
		successRate: { rate: number | null; succeeded: number; ended: number }
		averageTicket: { amount: number | null }
		refunds: { amount: number; count: number }
		pendingReview: { count: number; amount: number }
		/** Milliseconds from accept to a terminal state; null without finished payments. */
		timeToTerminal: { p50Ms: number | null; p95Ms: number | null }
	}
	/** The volume of all currencies as one sum; null when there is only one. */
	together: Together | null
	series: { at: string; volume: number; succeeded: number; failed: number; open: number }[]
	latest: Payment[]
	/** Position in the event order this view was read at; the live stream goes on from here. */
	cursor: string
}

export type PaymentList = { payments: Payment[]; hasMore: boolean; total: null; filters: PaymentFilters }

/** As in the URL of /console/payments; an absent key does not filter. Amounts are decimal text. */
export type PaymentFilters = {
	status?: string
	q?: string
	min?: string
	max?: string
	from?: string
	to?: string
	currency?: string
	starting_after?: string
	ending_before?: string
}

/** One step of a payment's story: what happened, what caused it, when (Unix ms). */
export type TimelineEntry = {
	id: string
	at: number
	title: string
	detail: string | null
	/** Who or what caused the step. */
	cause: {
		kind: 'api' | 'checkout' | 'console' | 'job' | 'webhook' | 'janitor'
		ref: string | null
		label: string
	}
	tone: 'neutral' | 'good' | 'bad' | 'waiting'
}

export type LedgerPosting = {
	id: string
	kind: string
	at: number
	entries: { account: string; amount: number; currency: string }[]
}

export type GatewayAttempt = {
	id: string
	/** As people call it. */
	gateway: string
	status: AttemptStatus
	gatewayRef: string | null
	code: string | null
	/** What the code means, the same for every gateway. */
	standardCode: string | null
	/** Why it went to this gateway; null when there was no choice. */
	route: string | null
	message: string | null
	startedAt: number
	answeredAt: number | null
	nextCheckAt: number | null
}

/** A refund with the people behind it, as one person of the console sees it. */
export type RefundView = Refund & {
	/** `Olive Owner`, `API key …abcd`, `The gateway’s dashboard`. */
	requestedBy: string
	/** Who approved or rejected it. */
	decidedBy: string | null
	/** When it ends by itself unless somebody approves it (Unix ms). */
	approvalEndsAt: number | null
	can: { approve: boolean; reject: boolean; withdraw: boolean }
	/** Of a payment made in another currency: what it takes from the balance. */
	exchange: ExchangeBackView | null
}

export const REFUND_FILTERS = [
	'waiting',
	'pending',
	'requires_action',
	'succeeded',
	'failed',
	'canceled',
] as const
export type RefundFilter = (typeof REFUND_FILTERS)[number]

/** As in the URL of /console/refunds. */
export type RefundFilters = { status?: RefundFilter; starting_after?: string; ending_before?: string }

/** A refund in a list, with what its payment is called. */
export type ListedRefund = RefundView & { title: string }

export type RefundListView = {
	/** Waiting for approval, of any age; on the first page without a filter. */
	waiting: ListedRefund[]
	refunds: ListedRefund[]
	hasMore: boolean
	filters: RefundFilters
	cursor: string
}

/** What a refund of this payment costs, and from what amount on a colleague must agree. Minor units. */
export type RefundTerms = {
	/** The gateway's fee for the whole payment; it stays with the gateway. */
	fee: number
	/** Above this in all a second person is needed; null without a limit. */
	limit: number | null
	/** What may still go back without a second person; null without a limit. */
	alone: number | null
}

export type RefundLimitView = { currency: string; above: number; changedBy: string; changedAt: number }
export type RefundSettingsView = { limits: RefundLimitView[]; maySet: boolean }

/** What a bulk refund of everything that is left would do to each payment. */
export type BulkQuote = {
	/** Names the bulk that is made of it: sent twice, it is made once. */
	key: string
	rows: { payment: Payment; terms: RefundTerms }[]
}
/** What became of each row; `message` says why there is no refund. */
export type BulkOutcome = { paymentId: string; refund: Refund | null; message: string | null }

export type PaymentDetail = {
	payment: Payment
	refunds: RefundView[]
	refundTerms: RefundTerms
	disputes: Dispute[]
	/** Of a payment made in another currency than the order's. */
	exchange: ExchangeView | null
	timeline: TimelineEntry[]
	postings: LedgerPosting[]
	attempts: GatewayAttempt[]
	customer: { payer: string | null; email: string | null; ip: string | null; ipCountry: string | null }
	can: { refund: boolean; capture: boolean; cancel: boolean; approve: boolean; reject: boolean }
	/** Whether this person may see who changed what. */
	mayReadAudit: boolean
	cursor: string
}
