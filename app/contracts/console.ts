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
	gateway: string
	status: 'sent' | 'unknown' | 'requires_action' | 'authorized' | 'succeeded' | 'declined' | 'canceled'
	gatewayRef: string | null
	code: string | null
	message: string | null
	startedAt: number
	answeredAt: number | null
	nextCheckAt: number | null
}

export type PaymentDetail = {
	payment: Payment
	refunds: Refund[]
	timeline: TimelineEntry[]
	postings: LedgerPosting[]
	attempts: GatewayAttempt[]
	customer: { email: string | null; ip: string | null; ipCountry: string | null }
	can: { refund: boolean; capture: boolean; cancel: boolean; approve: boolean; reject: boolean }
	cursor: string
}
