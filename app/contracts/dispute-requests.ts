import { z } from 'zod'
import { DISPUTE_STATUSES } from '../domain/disputes/dispute-state.ts'
import { EVIDENCE_FIELDS, lengthOf, MOST_IN_ALL, MOST_PER_FIELD } from '../domain/disputes/evidence.ts'
import { DisputeId, PaymentId } from './ids.ts'
import { page, text } from './payment-requests.ts'

export const EvidenceTexts = z
	.partialRecord(z.enum(EVIDENCE_FIELDS), text(MOST_PER_FIELD))
	.refine((evidence) => lengthOf(evidence) <= MOST_IN_ALL, `has more than ${MOST_IN_ALL} characters`)
export type EvidenceTexts = z.infer<typeof EvidenceTexts>

/** Body of POST …/evidence: texts are laid over the draft, an empty one takes its field away. */
export const WriteEvidence = z.strictObject({
	evidence: EvidenceTexts.default({}),
	submit: z.boolean().default(false),
})

/** Query of GET /api/v1/disputes. */
export const ListDisputes = z.strictObject({
	...page(DisputeId),
	status: z.enum(DISPUTE_STATUSES).optional(),
	payment: PaymentId.optional(),
})
export type ListDisputes = z.infer<typeof ListDisputes>
