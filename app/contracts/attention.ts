import { z } from 'zod'
import { ATTENTION_KINDS, SETTLEMENTS } from '../domain/attention/attention-kinds.ts'
import { AttentionId } from './ids.ts'

/** Something only a person can settle. `amount` is what is at stake, in minor units of `currency`. */
export const AttentionItem = z.object({
	id: AttentionId,
	object: z.literal('attention_item'),
	kind: z.enum(ATTENTION_KINDS),
	status: z.enum(['open', 'closed']),
	severity: z.enum(['money', 'deadline', 'work']),
	title: z.string(),
	meaning: z.string(),
	/** What happened this time, in plain words. */
	detail: z.string(),
	/** What the machine said last. */
	reason: z.string().nullable(),
	/** The payment, refund, dispute, message or job it is about. */
	subject: z.string(),
	payment: z.string().nullable(),
	amount: z.number().int().nullable(),
	currency: z.string().nullable(),
	/** Whether the machine can try once more, and how a person may end it. */
	retry: z.object({ label: z.string(), explains: z.string() }).nullable(),
	settle: z.array(
		z.object({ outcome: z.enum(SETTLEMENTS), label: z.string(), explains: z.string(), asks: z.string() }),
	),
	/** Unix seconds. */
	opened: z.number().int(),
	closed: z.number().int().nullable(),
	closed_by: z.string().nullable(),
	/** `retried`, `gone` (its cause disappeared), or how a person settled it. */
	outcome: z.string().nullable(),
	note: z.string().nullable(),
})
export type AttentionItem = z.infer<typeof AttentionItem>

/** The attention desk: what waits for a person, or what was settled. */
export type AttentionList = {
	status: 'open' | 'closed'
	items: AttentionItem[]
	hasMore: boolean
	/** How many wait now, whatever is listed. */
	openCount: number
	cursor: string
}
