import { REFUND_FILTERS, type RefundFilter, type RefundFilters } from '#app/contracts/console.ts'
import { RefundId } from '#app/contracts/ids.ts'

export const FILTER_WORDS: Record<RefundFilter, string> = {
	waiting: 'Needs approval',
	pending: 'Pending',
	requires_action: 'Needs action',
	succeeded: 'Refunded',
	failed: 'Failed',
	canceled: 'Canceled',
}

/** From the URL; what cannot be read does not filter. */
export function refundFiltersFrom(query: URLSearchParams): RefundFilters {
	const status = REFUND_FILTERS.find((known) => known === query.get('status'))
	const after = RefundId.safeParse(query.get('starting_after'))
	const before = RefundId.safeParse(query.get('ending_before'))
	return {
		...(status && { status }),
		...(after.success && { starting_after: after.data }),
		...(before.success && { ending_before: before.data }),
	}
}

export function refundsLink(filters: RefundFilters): string {
	const query = new URLSearchParams(Object.entries(filters)).toString()
	return query ? `/console/refunds?${query}` : '/console/refunds'
}
