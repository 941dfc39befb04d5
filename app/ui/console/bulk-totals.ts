import type { BulkQuote } from '#app/contracts/console.ts'
import { feeLoss } from '#app/domain/refunds/fee-loss.ts'
import { needsApproval } from './refund-notes.tsx'

export type BulkTotal = { currency: string; payments: number; back: bigint; lost: bigint; waiting: number }

/** Per currency, the largest count first: what goes back, what the gateway keeps, how many a colleague must approve. */
export function bulkTotals({ rows }: Pick<BulkQuote, 'rows'>): BulkTotal[] {
	const totals = new Map<string, BulkTotal>()
	for (const { payment, terms } of rows) {
		const back = BigInt(payment.amount_refundable)
		if (back === 0n) continue
		const { currency } = payment
		const sum = totals.get(currency) ?? { currency, payments: 0, back: 0n, lost: 0n, waiting: 0 }
		totals.set(currency, {
			currency,
			payments: sum.payments + 1,
			back: sum.back + back,
			lost: sum.lost + feeLoss(BigInt(terms.fee), back, BigInt(payment.amount_captured)),
			waiting: sum.waiting + (needsApproval(terms, back) ? 1 : 0),
		})
	}
	return [...totals.values()].sort((a, b) => b.payments - a.payments)
}
