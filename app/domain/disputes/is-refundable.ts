import type { DisputeStatus } from './dispute-state.ts'

/**
 * Whether a payment with these cases may be refunded: an inquiry allows it, and so does a case that ended without
 * costing the merchant anything. While the bank has the money, a refund would pay the customer twice.
 */
export const isRefundable = (
	cases: readonly { status: DisputeStatus; is_charge_refundable: boolean }[],
): boolean =>
	cases.every(
		({ status, is_charge_refundable: allowed }) => status === 'won' || status === 'closed' || allowed,
	)
