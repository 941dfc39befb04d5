import type { ReactNode } from 'react'
import type { ExchangeView } from '#app/contracts/currency-settings.ts'
import { Panel } from '../kit/card.tsx'
import { Explain } from '../kit/explain.tsx'
import { Money } from '../kit/money.tsx'
import { dayWords, rateWords, SOURCE_WORDS, spreadWords } from '../kit/format-rate.ts'

/** What a shopper paid in another currency, and what arrives of it. */
export function ExchangePanel({ exchange }: { exchange: ExchangeView | null }) {
	if (!exchange) return null
	const { presentment, settlement, rate, midRate, spreadBps, source, asOf } = exchange
	const [paid, own] = [presentment.currency.toUpperCase(), settlement.currency.toUpperCase()]
	return (
		<Panel
			title={
				<span className="inline-flex items-center gap-1">
					Exchange
					<Explain about="the exchange">
						The shopper saw this price before paying. You are credited with your order’s own amount, whatever
						rates do later. A refund takes the same share of it back.
					</Explain>
				</span>
			}
		>
			<dl className="grid gap-2.5 text-sm">
				<Row name="The shopper pays">
					<Money amount={presentment.amount} currency={presentment.currency} withCode />
				</Row>
				<Row name="You get">
					<Money amount={settlement.amount} currency={settlement.currency} withCode />
				</Row>
				<Row name="Rate">
					1 {own} = {rateWords(rate)} {paid}
				</Row>
				<Row name="Published rate">
					1 {own} = {rateWords(midRate)} {paid}
				</Row>
				<Row name="Spread">{spreadWords(spreadBps)}</Row>
				<Row name="Source">{SOURCE_WORDS[source]}</Row>
				<Row name="Rates of">{dayWords(asOf)}</Row>
			</dl>
		</Panel>
	)
}

function Row({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="flex items-baseline justify-between gap-4">
			<dt className="shrink-0 text-muted">{name}</dt>
			<dd className="min-w-0 text-right text-ink tabular-nums">{children}</dd>
		</div>
	)
}
