import { z } from 'zod'
import type { MessageSubject } from '../../domain/gateways/ports.ts'

const Text = z.string().min(1)
const Mark = Text.nullish().transform((mark) => mark ?? null)

const Order = z.object({
	resource_type: z.literal('checkout-order'),
	resource: z.object({ id: Text, purchase_units: z.array(z.object({ custom_id: Mark })).catch([]) }),
})
const Money = z.object({
	resource_type: z.enum(['capture', 'authorization']),
	resource: z.object({
		custom_id: Mark,
		supplementary_data: z.object({ related_ids: z.object({ order_id: Text }) }),
	}),
})
const Refund = z.object({ resource_type: z.literal('refund'), resource: z.object({ id: Text }) })
const Dispute = z.object({ resource_type: z.literal('dispute'), resource: z.object({ dispute_id: Text }) })
const Payload = z.discriminatedUnion('resource_type', [Order, Money, Refund, Dispute])

/** What is kept of a message: where to look. Who pays, and with what, is left out. */
export const pointerOfPayPalEvent = (payload: unknown): unknown => Payload.safeParse(payload).data ?? {}

/** What a message of PayPal's is about. It is only a hint: PayPal is asked for the object itself. */
export function subjectOfPayPalEvent(payload: unknown): MessageSubject {
	const parsed = Payload.safeParse(payload)
	if (!parsed.success) return { kind: 'other' }
	const { resource_type: type, resource } = parsed.data
	switch (type) {
		case 'checkout-order':
			return { kind: 'payment', ref: resource.id, attemptId: resource.purchase_units[0]?.custom_id ?? null }
		case 'capture':
		case 'authorization':
			return {
				kind: 'payment',
				ref: resource.supplementary_data.related_ids.order_id,
				attemptId: resource.custom_id,
			}
		case 'refund':
			return { kind: 'refund', ref: resource.id }
		case 'dispute':
			return { kind: 'dispute', ref: resource.dispute_id }
	}
}
