/** An inquiry only asks; a dispute has taken the money; pre-arbitration is every round after the first verdict. */
export const DISPUTE_STAGES = ['inquiry', 'dispute', 'pre_arbitration'] as const
export type DisputeStage = (typeof DISPUTE_STAGES)[number]

/** `closed` = ended without a verdict: an inquiry that came to nothing, or a dispute that was averted. */
export const DISPUTE_STATUSES = ['needs_response', 'under_review', 'won', 'lost', 'closed'] as const
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number]

/** Where the amount is: untouched, taken and held in the ledger, given back, or gone. */
export type DisputeFunds = 'none' | 'held' | 'returned' | 'lost'

export type DisputeState = { readonly stage: DisputeStage; readonly status: DisputeStatus }

/** How far a case has come; `dueAt` is when the present question must be answered. */
export type DisputePosition = DisputeState & { readonly dueAt: Date | null }

export const isOpen = (status: DisputeStatus): boolean =>
	status === 'needs_response' || status === 'under_review'

/** A verdict never moves again. A closed inquiry is no verdict: the bank may still turn it into a dispute. */
export const isVerdict = (status: DisputeStatus): boolean => status === 'won' || status === 'lost'

const orderOf = (stage: DisputeStage): number => DISPUTE_STAGES.indexOf(stage)

export const laterStage = (a: DisputeStage, b: DisputeStage): DisputeStage =>
	orderOf(a) > orderOf(b) ? a : b

/**
 * Whether what was observed lies ahead of what is known. News comes in any order, so only steps forward count:
 * a verdict, a later stage, a new question (it has a later due date), an answer to the present one.
 */
export function isAhead(seen: DisputePosition, known: DisputePosition): boolean {
	if (isVerdict(known.status)) return false
	if (isVerdict(seen.status)) return true
	const stages = orderOf(seen.stage) - orderOf(known.stage)
	if (stages !== 0) return stages > 0
	if (known.status === 'closed' || seen.status === 'closed') return known.status !== 'closed'
	const dueLater = (seen.dueAt ?? known.dueAt)?.getTime() ?? 0
	const due = dueLater - (known.dueAt?.getTime() ?? 0)
	if (due !== 0) return due > 0
	return known.status === 'needs_response' && seen.status === 'under_review'
}
