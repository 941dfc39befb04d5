import { useId } from 'react'
import { Select } from '../kit/select.tsx'
import { Spinner } from '../kit/spinner.tsx'
import { clockText } from './use-countdown.ts'
import type { OrderPrice } from './use-order-price.ts'

type CurrencyChoiceProps = {
	currencies: readonly string[]
	/** Of the order itself. */
	orderCurrency: string
	price: OrderPrice
	disabled: boolean
}

/** "Pay in …": one currency is no choice. */
export function CurrencyChoice({ currencies, orderCurrency, price, disabled }: CurrencyChoiceProps) {
	const id = useId()
	if (currencies.length <= 1) return null
	const { quote, isAsking, notice, secondsLeft } = price
	return (
		<div className="mt-4 grid gap-1.5" data-quote={quote?.id}>
			<div className="flex items-center justify-between gap-3">
				<label htmlFor={id} className="text-sm text-muted">
					Pay in
				</label>
				<span className="flex items-center gap-2">
					{isAsking && <Spinner className="text-muted" />}
					<Select
						id={id}
						className="w-40"
						value={price.currency}
						disabled={disabled}
						onChange={(event) => price.choose(event.currentTarget.value)}
					>
						{currencies.map((currency) => (
							<option key={currency} value={currency}>
								{nameOf(currency)}
							</option>
						))}
					</Select>
				</span>
			</div>
			<div role="status" aria-live="polite" className="text-sm text-muted empty:hidden">
				{notice && <p className="text-ink">{notice}</p>}
			</div>
			{quote && (
				<p className="text-sm text-muted tabular-nums">
					1 {orderCurrency.toUpperCase()} = {quote.rate} {quote.currency.toUpperCase()} · {quote.source},{' '}
					{DATE.format(quote.asOf)} · price kept for{' '}
					<span aria-live="off" className="text-ink">
						{clockText(secondsLeft)}
					</span>
				</p>
			)}
		</div>
	)
}

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const NAMES = new Intl.DisplayNames('en-US', { type: 'currency' })

const nameOf = (currency: string): string => {
	const code = currency.toUpperCase()
	return `${code} · ${NAMES.of(code) ?? code}`
}
