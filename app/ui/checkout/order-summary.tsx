import { Money } from '../kit/money.tsx'

type Line = { name: string; quantity: number; amount: number; image: string }
type OrderSummaryProps = { items: Line[]; total: number; currency: string }

/** What is bought, and the one total that will be charged. */
export function OrderSummary({ items, total, currency }: OrderSummaryProps) {
	return (
		<div>
			<ul className="grid gap-3">
				{items.map((item) => (
					<li key={item.name} className="flex items-center gap-3">
						<img
							src={item.image}
							alt=""
							width={64}
							height={48}
							className="h-12 w-16 shrink-0 rounded-md border border-line object-cover"
						/>
						<div className="min-w-0 flex-1">
							<p className="truncate font-medium text-ink">{item.name}</p>
							<p className="text-sm text-muted">Quantity {item.quantity}</p>
						</div>
						<Money amount={item.amount} currency={currency} className="text-ink" />
					</li>
				))}
			</ul>
			<div className="mt-4 flex items-baseline justify-between border-t border-line pt-4">
				<span className="font-medium text-ink">Total</span>
				<Money amount={total} currency={currency} withCode className="text-lg font-semibold text-ink" />
			</div>
		</div>
	)
}
