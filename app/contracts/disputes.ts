import { z } from 'zod'
import { DISPUTE_STAGES, DISPUTE_STATUSES } from '../domain/disputes/dispute-state.ts'
import type { Evidence } from '../domain/disputes/evidence.ts'
import { DisputeId, PaymentId } from './ids.ts'

/** A case at the bank. Amounts are integers in minor units, times Unix seconds. */
export const Dispute = z.object({
	id: DisputeId,
	object: z.literal('dispute'),
	payment: PaymentId,
	amount: z.number().int().positive(),
	currency: z.string().length(3),
	/** What the gateway charged for the case and has not given back. */
	fee: z.number().int().nonnegative(),
	stage: z.enum(DISPUTE_STAGES),
	status: z.enum(DISPUTE_STATUSES),
	/** Where the amount is: untouched, taken by the bank and held, given back, or gone. */
	funds: z.enum(['none', 'held', 'returned', 'lost']),
	/** The bank's reason, such as `fraudulent` or `product_not_received`. */
	reason: z.string(),
	network_reason_code: z.string().nullable(),
	is_charge_refundable: z.boolean(),
	evidence_details: z.object({
		due_by: z.number().int().nullable(),
		submitted_at: z.number().int().nullable(),
		has_draft: z.boolean(),
	}),
	/** An answer that is on its way to the gateway. */
	pending_operation: z.enum(['submit', 'accept']).nullable(),
	opened: z.number().int(),
	closed: z.number().int().nullable(),
	created: z.number().int(),
	/** Unix milliseconds of the commit that made this version. */
	updated_ms: z.number().int(),
})
export type Dispute = z.infer<typeof Dispute>

/** One case with what would be sent: the draft, and what the house knows about the purchase. */
export type DisputeWithEvidence = Dispute & {
	evidence: Evidence
	suggested_evidence: Evidence
}
