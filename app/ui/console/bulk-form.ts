import { z } from 'zod'
import type { BulkOutcome } from '#app/contracts/console.ts'
import { REFUND_REASONS } from '#app/contracts/payments.ts'

/** As many as the API takes at once. */
export const MOST_IN_BULK = 100

/** The form of a bulk refund. The key is made when the dialog opens, so sending it twice is sending it once. */
export const BulkForm = z.object({
	key: z.uuid(),
	reason: z.enum(REFUND_REASONS),
	payments: z.array(z.string().max(64)).min(1).max(MOST_IN_BULK),
})

export type BulkAnswer = { ok: true; outcomes: BulkOutcome[] } | { ok: false; message: string }
