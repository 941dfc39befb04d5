import { z } from 'zod'
import type { MessageSubject } from '../../domain/gateways/ports.ts'

const Metadata = z.object({ attempt_id: z.string().optional() }).catch({})

const Intent = z.object({ object: z.literal('payment_intent'), id: z.string(), metadata: Metadata })
const Charge = z.object({
	object: z.literal('charge'),
	payment_intent: z.string().nullable(),
	metadata: Metadata,
})
const PaymentIntent = z.string().nullish().catch(null)
const Refund = z.object({ object: z.literal('refund'), id: z.string(), payment_intent: PaymentIntent })
const Dispute = z.object({ object: z.literal('dispute'), id: z.string(), payment_intent: PaymentIntent })
const Payload = z.object({ data: z.object({ object: z.union([Intent, Charge, Refund, Dispute]) }) })

/** What is kept of an event: where to look. Who pays, and with what, is left out. */
export const pointerOfStripeEvent = (payload: unknown): unknown => Payload.safeParse(payload).data ?? {}

export function subjectOfStripeEvent(payload: unknown): MessageSubject {
	const parsed = Payload.safeParse(payload)
	if (!parsed.success) return { kind: 'other' }
	const object = parsed.data.data.object
	switch (object.object) {
		case 'payment_intent':
			return { kind: 'payment', ref: object.id, attemptId: object.metadata.attempt_id ?? null }
		case 'charge':
			return object.payment_intent === null
				? { kind: 'other' }
				: { kind: 'payment', ref: object.payment_intent, attemptId: object.metadata.attempt_id ?? null }
		case 'refund':
			return { kind: 'refund', ref: object.id }
		case 'dispute':
			return { kind: 'dispute', ref: object.id }
	}
}
