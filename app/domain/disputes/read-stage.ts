import type { DisputeState, DisputeStatus } from './dispute-state.ts'

const at = (stage: DisputeState['stage'], status: DisputeStatus): DisputeState => ({ stage, status })

/** Stripe has one word for both; the appeal is its second round. */
const STRIPE: Readonly<Record<string, DisputeState>> = {
	warning_needs_response: at('inquiry', 'needs_response'),
	warning_under_review: at('inquiry', 'under_review'),
	warning_closed: at('inquiry', 'closed'),
	prevented: at('dispute', 'closed'),
	needs_response: at('dispute', 'needs_response'),
	under_review: at('dispute', 'under_review'),
	appeal_needs_response: at('pre_arbitration', 'needs_response'),
	appeal_under_review: at('pre_arbitration', 'under_review'),
	won: at('dispute', 'won'),
	lost: at('dispute', 'lost'),
}

/** PayPal's `dispute_life_cycle_stage`. */
const PAYPAL_STAGE: Readonly<Record<string, DisputeState['stage']>> = {
	INQUIRY: 'inquiry',
	CHARGEBACK: 'dispute',
	PRE_ARBITRATION: 'pre_arbitration',
	ARBITRATION: 'pre_arbitration',
}

/** PayPal's `status`, while undecided: whoever is waited for, it is not the merchant unless it says so. */
const PAYPAL_STATUS: Readonly<Record<string, DisputeStatus>> = {
	OPEN: 'needs_response',
	WAITING_FOR_SELLER_RESPONSE: 'needs_response',
	WAITING_FOR_BUYER_RESPONSE: 'under_review',
	UNDER_REVIEW: 'under_review',
}

/** PayPal's `outcome_code` of a RESOLVED case: who keeps the money. With a payout PayPal pays the buyer itself. */
const PAYPAL_OUTCOME: Readonly<Record<string, DisputeStatus>> = {
	RESOLVED_BUYER_FAVOUR: 'lost',
	ACCEPTED: 'lost',
	RESOLVED_SELLER_FAVOUR: 'won',
	RESOLVED_WITH_PAYOUT: 'won',
	CANCELED_BY_BUYER: 'won',
	DENIED: 'won',
	NONE: 'closed',
}

export type GatewayWords =
	| { gateway: 'stripe'; status: string }
	| { gateway: 'paypal'; stage: string; status: string; outcome: string | null }

function readPayPal(words: Extract<GatewayWords, { gateway: 'paypal' }>): DisputeState | null {
	const stage = PAYPAL_STAGE[words.stage]
	if (stage === undefined) return null
	if (words.status !== 'RESOLVED') {
		const status = PAYPAL_STATUS[words.status]
		return status === undefined ? null : at(stage, status)
	}
	const status = PAYPAL_OUTCOME[words.outcome ?? '']
	if (status === undefined) return null
	// Nobody had the merchant's money at the inquiry: there was nothing to win.
	return at(stage, stage === 'inquiry' && status === 'won' ? 'closed' : status)
}

/** A gateway's words for a case in ours; null when it uses a word we do not know. */
export function readStage(words: GatewayWords): DisputeState | null {
	return words.gateway === 'stripe' ? (STRIPE[words.status] ?? null) : readPayPal(words)
}
