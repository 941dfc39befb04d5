import type { RefundStatus } from '../refunds/refund-state.ts'

/** One line of the gateway's account. Amounts are signed: what leaves the account is negative; net = amount − fee. */
export type GatewayMovement = {
	readonly ref: string
	readonly type: string
	/** The charge, refund, dispute or payout it is about. */
	readonly sourceRef: string | null
	readonly amountMinor: bigint
	readonly feeMinor: bigint
	readonly netMinor: bigint
	readonly currency: string
	readonly occurredAt: Date
	readonly availableAt: Date | null
}

/** One try at taking money, as the gateway has it now. */
export type GatewayCharge = {
	/** What our attempt carries in provider_ref. */
	readonly ref: string
	/** What movements name as their source; null before there is a charge. */
	readonly chargeRef: string | null
	/** A charge has moved money; an authorization holds it, tries to, or does not. */
	readonly kind: 'charge' | 'authorization'
	readonly status: 'succeeded' | 'pending' | 'failed' | 'canceled'
	readonly amountMinor: bigint
	readonly currency: string
	/** In the same currency; null while the gateway does not know it. */
	readonly feeMinor: bigint | null
	/** The attempt its metadata names. */
	readonly ourRef: string | null
	readonly occurredAt: Date
	readonly movements: readonly GatewayMovement[]
}

export type GatewayRefund = {
	readonly ref: string
	/** The charge it gives back, as our attempt names it. */
	readonly parentRef: string | null
	readonly status: RefundStatus
	readonly amountMinor: bigint
	readonly currency: string
	readonly reason: string | null
	/** The refund its metadata names. */
	readonly ourRef: string | null
	readonly occurredAt: Date
	readonly movements: readonly GatewayMovement[]
}

export const PAYOUT_STATES = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const
export type PayoutStatus = (typeof PAYOUT_STATES)[number]

export type GatewayPayout = {
	readonly ref: string
	readonly status: PayoutStatus
	readonly amountMinor: bigint
	readonly currency: string
	readonly arrivesAt: Date
	/** What the bank statement shows. */
	readonly statementText: string | null
	readonly createdAt: Date
}

/** From the first moment on, before the second. */
export type Span = { readonly from: Date; readonly until: Date }

/**
 * A gateway's own books, newest first. Everything is read and nothing changed; no method may be called while a
 * database transaction is open. Throws when the gateway cannot be asked.
 */
export type GatewayBooks = {
	readonly name: string
	charges(span: Span): AsyncIterable<GatewayCharge>
	refunds(span: Span): AsyncIterable<GatewayRefund>
	movements(span: Span): AsyncIterable<GatewayMovement>
	payouts(span: Span): AsyncIterable<GatewayPayout>
	/** By the name our attempt carries, or by the one movements use; null when the gateway has never heard of it. */
	findCharge(ref: string): Promise<GatewayCharge | null>
	findRefund(ref: string): Promise<GatewayRefund | null>
}
