import { useId } from 'react'
import type { FxQuote } from '../../contracts/fx.ts'
import { dayWords, rateWords, SOURCE_WORDS, spreadWords } from '../kit/format-rate.ts'
import { Money } from '../kit/money.tsx'
import { Select } from '../kit/select.tsx'
import { Spinner } from '../kit/spinner.tsx'
import { clockText } from './use-countdown.ts'
import type { OrderPrice } from './use-order-price.ts'

type CurrencyChoiceProps = {
	/** The order's own first. */
	currencies: readonly string[]
	price: OrderPrice
	disabled: boolean
}

/** "Pay in …": one currency is no choice. */
export function CurrencyChoice({ currencies, price, disabled }: CurrencyChoiceProps) {
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
				<div className="flex items-baseline justify-between">
					<span className="font-medium text-ink">You pay</span>
					<Money
						amount={price.amount}
						currency={price.currency}
						withCode
						className="text-lg font-semibold text-ink"
					/>
				</div>
			)}
			{quote && <QuoteNote quote={quote} secondsLeft={secondsLeft} />}
		</div>
	)
}

function QuoteNote({ quote, secondsLeft }: { quote: FxQuote; secondsLeft: number }) {
	const { settlement, presentment, rate, as_of: asOf, source, spread_bps: spread } = quote
	const [own, paid] = [settlement.currency.toUpperCase(), presentment.currency.toUpperCase()]
	return (
		<p className="text-sm text-muted tabular-nums">
			1 {own} = {rateWords(rate)} {paid}: the rate of {dayWords(asOf)} ({SOURCE_WORDS[source]}) and{' '}
			{spreadWords(spread)} for the exchange. This price is kept for{' '}
			<span className="text-ink">{clockText(secondsLeft)}</span>.
		</p>
	)
}

const NAMES = new Intl.DisplayNames('en-US', { type: 'currency' })

const nameOf = (currency: string): string => {
	const code = currency.toUpperCase()
	return `${code} · ${NAMES.of(code) ?? code}`
}
