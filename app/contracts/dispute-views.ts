import type { DisputeStatus } from '../domain/disputes/dispute-state.ts'
import type { Evidence } from '../domain/disputes/evidence.ts'
import type { LedgerPosting, TimelineEntry } from './console.ts'
import type { Dispute } from './disputes.ts'
import type { Payment } from './payments.ts'

/** As in the URL of /console/disputes; an absent key does not filter. */
export type DisputeFilters = { status?: DisputeStatus; starting_after?: string; ending_before?: string }

/** How cases with one reason ended so far. */
export type ReasonRecord = { reason: string; won: number; lost: number; open: number }

export type DisputeList = {
	disputes: Dispute[]
	hasMore: boolean
	filters: DisputeFilters
	records: ReasonRecord[]
	/** Unix ms: when it was read, for the days that are left. */
	readAt: number
	cursor: string
}

export type DisputeDetail = {
	/** Whose data the page shows. */
	payer: string | null
	dispute: Dispute
	payment: Payment
	/** The draft, and what the house knows of the purchase. */
	evidence: Evidence
	suggested: Evidence
	timeline: TimelineEntry[]
	postings: LedgerPosting[]
	readAt: number
	cursor: string
}
