import type { FxQuote } from '#db/queries/fx-quotes.ts'
import type { ExchangeBackView, ExchangeView, Together } from '../contracts/currency-settings.ts'
import { convert } from '../domain/fx/convert.ts'
import { rateText } from '../domain/fx/rate.ts'
import { crossRate, isStale, type RateTable } from '../domain/fx/rate-table.ts'
import { roundHalfEven } from '../domain/fx/rounding.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import type { Money } from '../domain/money/money.ts'

export const exchangeOf = ({ presentment, settlement, ...quote }: FxQuote): ExchangeView => ({
	presentment: { amount: jsonAmount(presentment.minor), currency: presentment.currency },
	settlement: { amount: jsonAmount(settlement.minor), currency: settlement.currency },
	rate: rateText(quote.rate),
	midRate: rateText(quote.midRate),
	spreadBps: quote.spreadBps,
	source: quote.source,
	asOf: quote.asOf,
})

type Row = {
	settlement_minor: bigint | null
	settlement_currency: string | null
	fx_result_minor: bigint | null
}

export const exchangeBackOf = (row: Row): ExchangeBackView | null =>
	row.settlement_minor === null || row.settlement_currency === null
		? null
		: {
				amount: jsonAmount(row.settlement_minor),
				currency: row.settlement_currency,
				result: jsonAmount(row.fx_result_minor ?? 0n),
			}

/** One sum in `currency`, and the day of the rates it was made with; null when there is nothing to exchange. */
export function together(
	amounts: readonly Money[],
	currency: string,
	{ table, now }: { table: RateTable; now: Date },
): Together | null {
	if (amounts.every((amount) => amount.currency === currency)) return null
	let total = 0n
	const leftOut: string[] = []
	for (const amount of amounts) {
		const rate = amount.currency === currency ? null : crossRate(table, amount.currency, currency)
		if (amount.currency === currency) total += amount.minor
		else if (rate === null) leftOut.push(amount.currency)
		else total += convert(amount, currency, rate, roundHalfEven).minor
	}
	const { asOf, source } = table
	return { amount: jsonAmount(total), currency, asOf, source, isStale: isStale(table, now), leftOut }
}
