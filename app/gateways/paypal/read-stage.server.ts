import type { DisputeState, DisputeStatus } from '../../domain/disputes/dispute-state.ts'

/** `dispute_life_cycle_stage`. */
const STAGES: Readonly<Record<string, DisputeState['stage']>> = {
	INQUIRY: 'inquiry',
	CHARGEBACK: 'dispute',
	PRE_ARBITRATION: 'pre_arbitration',
	ARBITRATION: 'pre_arbitration',
}

/** `status`, while undecided: whoever is waited for, it is not the merchant unless it says so. */
const STATUSES: Readonly<Record<string, DisputeStatus>> = {
	OPEN: 'needs_response',
	WAITING_FOR_SELLER_RESPONSE: 'needs_response',
	WAITING_FOR_BUYER_RESPONSE: 'under_review',
	UNDER_REVIEW: 'under_review',
}

/** `outcome_code` of a RESOLVED case: who keeps the money. With a payout PayPal pays the buyer itself. */
const OUTCOMES: Readonly<Record<string, DisputeStatus>> = {
	RESOLVED_BUYER_FAVOUR: 'lost',
	ACCEPTED: 'lost',
	RESOLVED_SELLER_FAVOUR: 'won',
	RESOLVED_WITH_PAYOUT: 'won',
	CANCELED_BY_BUYER: 'won',
	DENIED: 'won',
	NONE: 'closed',
}

export type PayPalWords = { stage: string; status: string; outcome: string | null }

/** PayPal's words for a case in ours; null when it uses a word we do not know. */
export function readStage(words: PayPalWords): DisputeState | null {
	const stage = STAGES[words.stage]
	if (stage === undefined) return null
	const isResolved = words.status === 'RESOLVED'
	const status = isResolved ? OUTCOMES[words.outcome ?? ''] : STATUSES[words.status]
	if (status === undefined) return null
	// Nobody had the merchant's money at the inquiry: there was nothing to win.
	return { stage, status: isResolved && stage === 'inquiry' && status === 'won' ? 'closed' : status }
}
