import type { DisputeState, DisputeStatus } from '../../domain/disputes/dispute-state.ts'

const at = (stage: DisputeState['stage'], status: DisputeStatus): DisputeState => ({ stage, status })

/** Stripe has one word for both; the appeal is its second round. */
const STATUSES: Readonly<Record<string, DisputeState>> = {
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

/** Stripe's word for a case in ours; null when it uses a word we do not know. */
export const readStage = (status: string): DisputeState | null => STATUSES[status] ?? null
