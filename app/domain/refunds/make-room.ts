import type { PendingReason, RefundStatus } from './refund-state.ts'

type Held = { captured_minor: bigint; refund_reserved_minor: bigint }
type Open = {
	status: RefundStatus
	pending_reason: PendingReason | null
	provider_ref: string | null
	amount_minor: bigint
}

export type Room<R> =
	/** It fits once these, which nobody has approved yet, are dropped. */
	| { kind: 'fits'; dropped: R[] }
	/** Refunds of our own that the gateway has not answered take the room: they must be asked about first. */
	| { kind: 'wait'; asked: R[] }
	/** More went back than was captured. */
	| { kind: 'none' }

/** Room for money the gateway has paid out already: it cannot be refused, so what has not left yet gives way. */
export function makeRoom<R extends Open>(payment: Held, refunds: readonly R[], amountMinor: bigint): Room<R> {
	let left = payment.captured_minor - payment.refund_reserved_minor
	const dropped: R[] = []
	const waiting = refunds.filter(
		({ status, pending_reason }) => status === 'pending' && pending_reason === 'awaiting_approval',
	)
	for (const refund of waiting.toReversed()) {
		if (left >= amountMinor) break
		dropped.push(refund)
		left += refund.amount_minor
	}
	if (left >= amountMinor) return { kind: 'fits', dropped }
	const asked = refunds.filter(
		(refund) => refund.status === 'pending' && refund.provider_ref === null && !waiting.includes(refund),
	)
	return asked.length > 0 ? { kind: 'wait', asked } : { kind: 'none' }
}
