export const REFUND_STATES = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const
export type RefundStatus = (typeof REFUND_STATES)[number]
export type RefundReason = 'requested_by_customer' | 'duplicate' | 'fraudulent' | 'other'

/** Why a pending refund is not paid yet: the gateway's words, and our own `awaiting_approval`. */
export const PENDING_REASONS = [
	'processing',
	'insufficient_funds',
	'charge_pending',
	'awaiting_approval',
] as const
export type PendingReason = (typeof PENDING_REASONS)[number]

/** A succeeded refund may still fail days later, when the card's bank sends the money back. */
const NEXT: Record<RefundStatus, readonly RefundStatus[]> = {
	pending: ['requires_action', 'succeeded', 'failed', 'canceled'],
	requires_action: ['pending', 'succeeded', 'failed', 'canceled'],
	succeeded: ['failed'],
	failed: [],
	canceled: [],
}

export const mayBecome = (from: RefundStatus, to: RefundStatus): boolean => NEXT[from].includes(to)

/** Whether the amount still counts against what can be refunded. */
export const holdsMoney = (status: RefundStatus): boolean => status !== 'failed' && status !== 'canceled'

export const isOver = (status: RefundStatus): boolean => status !== 'pending' && status !== 'requires_action'
