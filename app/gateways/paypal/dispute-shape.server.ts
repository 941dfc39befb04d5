import { z } from 'zod'

const Amount = z.object({ currency_code: z.string(), value: z.string() })
const Time = z.coerce.date()
const Link = z.object({ rel: z.string(), href: z.string() })

/** What of a dispute of PayPal's we rely on; its SDK has none. */
export const Dispute = z.object({
	dispute_id: z.string(),
	create_time: Time,
	disputed_transactions: z.array(z.object({ seller_transaction_id: z.string() })).min(1),
	reason: z.string(),
	external_reason_code: z.string().optional(),
	status: z.string(),
	dispute_life_cycle_stage: z.string(),
	dispute_amount: Amount,
	dispute_outcome: z.object({ outcome_code: z.string() }).optional(),
	seller_response_due_date: Time.optional(),
	evidences: z.array(z.object({ source: z.string().optional() })).default([]),
	money_movements: z
		.array(
			z.object({
				affected_party: z.string(),
				type: z.string(),
				reason: z.string().optional(),
				initiated_time: Time.optional(),
				amount: Amount,
			}),
		)
		.default([]),
	links: z.array(Link).default([]),
})
export type Dispute = z.output<typeof Dispute>

export const DisputePage = z.object({
	items: z.array(z.object({ dispute_id: z.string() })).default([]),
	links: z.array(Link).default([]),
})
export type DisputePage = z.output<typeof DisputePage>
