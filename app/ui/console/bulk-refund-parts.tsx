import { CircleAlert } from 'lucide-react'
import type { BulkOutcome, BulkQuote } from '#app/contracts/console.ts'
import { Money } from '../kit/money.tsx'
import { PaymentBadge, RefundBadge } from '../kit/status-badge.tsx'
import { useUpdatedPayments } from '../live/use-live-payments.ts'
import { bulkTotals } from './bulk-totals.ts'
import { plural } from './format-measure.ts'
import { paymentTitle } from './payment-title.ts'

/** Per currency, as amounts of different currencies have no sum. */
export function BulkTotals({ quote }: { quote: BulkQuote }) {
	const totals = bulkTotals(quote)
	if (totals.length === 0) {
		return <p className="text-muted">Nothing is left to refund of these payments.</p>
	}
	return (
		<ul className="grid gap-2">
			{totals.map(({ currency, payments, back, lost, waiting }) => (
				<li key={currency} className="rounded-md bg-sunken px-3 py-2.5 text-sm text-muted">
					<p className="flex flex-wrap justify-between gap-x-4">
						<span>{plural(payments, 'payment')}</span>
						<Money amount={back} currency={currency} withCode className="text-base font-medium text-ink" />
					</p>
					{lost > 0n && (
						<p>
							Stripe keeps its fees of <Money amount={lost} currency={currency} className="text-ink" />.
						</p>
					)}
					{waiting > 0 && (
						<p className="text-warn">
							{plural(waiting, 'refund is', 'refunds are')} above your limit: a colleague must approve.
						</p>
					)}
				</li>
			))}
		</ul>
	)
}

export function BulkResults({ quote, outcomes }: { quote: BulkQuote; outcomes: BulkOutcome[] }) {
	const payments = useUpdatedPayments(quote.rows.map(({ payment }) => payment))
	const byId = new Map(payments.map((payment) => [payment.id as string, payment]))
	const refused = outcomes.filter(({ refund }) => refund === null).length
	return (
		<>
			<p role="status" className="mb-2 font-medium text-ink">
				{plural(outcomes.length - refused, 'refund')} started
				{refused > 0 && `, ${refused} refused`}
			</p>
			<ul aria-label="Results" className="max-h-80 overflow-y-auto rounded-md border border-line">
				{outcomes.map(({ paymentId, refund, message }) => {
					const payment = byId.get(paymentId)
					return (
						<li key={paymentId} className="grid gap-1 border-b border-line px-3 py-2 last:border-b-0">
							<div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
								<span className="min-w-0 truncate text-muted">
									{payment ? paymentTitle(payment) : paymentId}
								</span>
								{refund && (
									<span className="flex items-center gap-2">
										<Money amount={refund.amount} currency={refund.currency} className="text-ink" />
										{payment && payment.amount_refunded > 0 ? (
											<PaymentBadge payment={payment} />
										) : (
											<RefundBadge refund={refund} />
										)}
									</span>
								)}
							</div>
							{message && (
								<p className="flex items-start gap-1.5 text-sm text-bad">
									<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
									{message}
								</p>
							)}
						</li>
					)
				})}
			</ul>
		</>
	)
}
