import { z } from 'zod'
import { SETTLEMENTS } from '../domain/attention/attention-kinds.ts'
import { AttentionId } from './ids.ts'
import { page, text } from './payment-requests.ts'

/** Query of GET /api/v1/attention. */
export const ListAttention = z.strictObject({
	...page(AttentionId),
	status: z.enum(['open', 'closed']).default('open'),
})
export type ListAttention = z.infer<typeof ListAttention>

/** Body of POST /api/v1/attention/:id/settle. The note stays in the audit record. */
export const SettleAttention = z.strictObject({
	note: text(500).refine((note) => note.trim() !== '', 'says nothing; write what you found and did'),
	outcome: z.enum(SETTLEMENTS).default('by_hand'),
})
