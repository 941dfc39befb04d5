import type { RefundTerms } from '#app/contracts/console.ts'
import { feeLoss } from '#app/domain/refunds/fee-loss.ts'
import { formatMoney, toDecimalText } from '../kit/money.tsx'

export const needsApproval = ({ alone }: RefundTerms, amount: bigint): boolean =>
	alone !== null && amount > BigInt(alone)

type RefundNotesProps = { terms: RefundTerms; amount: bigint; captured: bigint; currency: string }

/** What a refund of this amount costs, and who else must agree: said before it is confirmed. */
export function RefundNotes({ terms, amount, captured, currency }: RefundNotesProps) {
	const lost = feeLoss(BigInt(terms.fee), amount, captured)
	const isAbove = terms.limit !== null && needsApproval(terms, amount)
	if (lost === 0n && !isAbove) return null
	return (
		<div className="grid gap-2 text-sm" role="status">
			{lost > 0n && (
				<p className="text-muted">
					Stripe keeps its fee of{' '}
					<strong className="font-medium text-ink tabular-nums">{formatMoney(lost, currency)}</strong>
					{amount < captured && ' for this part'}: refunding does not bring it back to you.
				</p>
			)}
			{isAbove && (
				<p className="rounded-md border border-warn/25 bg-warn-soft px-3 py-2 text-warn">
					Above {toDecimalText(terms.limit ?? 0, currency)} {currency.toUpperCase()} a colleague must approve
					this. The amount is set aside meanwhile, and free again after 7 days without a decision. Refunds of
					one payment count together.
				</p>
			)}
		</div>
	)
}
