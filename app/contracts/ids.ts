import { z } from 'zod'

/** A TypeID: the prefix stays in the type, so a refund id is not a payment id. */
const id = <const P extends string>(prefix: P) =>
	z.templateLiteral([`${prefix}_`, z.string().regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)])

export const PaymentId = id('pay')
export type PaymentId = z.infer<typeof PaymentId>
export const RefundId = id('re')
export type RefundId = z.infer<typeof RefundId>
export const DisputeId = id('dp')
export type DisputeId = z.infer<typeof DisputeId>
export const EventId = id('evt')
export type EventId = z.infer<typeof EventId>
export const CheckoutSessionId = id('cs')
export type CheckoutSessionId = z.infer<typeof CheckoutSessionId>
export const AttentionId = id('atn')
export type AttentionId = z.infer<typeof AttentionId>
