import { cardStepOf, currencies } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { convert } from './convert.ts'
import type { Rate } from './rate.ts'
import { crossRate, type RateTable } from './rate-table.ts'
import { roundUp } from './rounding.ts'

/** Long enough to find a card, short enough that the rate is still about right. */
export const QUOTE_LIFE_MS = 600_000
/** Ten percent: more would be another price. */
export const MOST_SPREAD_BPS = 1_000
const BASIS = 10_000n
/** As much as the API takes in one payment. */
const MOST_MINOR = 999_999_999_999n

export type QuoteTerms = {
	/** What the merchant is credited with. */
	settlement: Money
	/** What the payer is charged. */
	presentment: Money
	/** Presentment for one unit of settlement: as published, and with the spread. */
	midRate: Rate
	rate: Rate
	spreadBps: number
	source: RateTable['source']
	asOf: string
	fetchedAt: Date
	expiresAt: Date
}

/**
 * What `settlement` costs in another currency; null when there is no rate, or too much for one payment. Rounded up to
 * the next amount a card can carry: the payer bears less than one such step, so that the merchant's amount is covered.
 */
export function quoteTerms(
	settlement: Money,
	currency: string,
	{ table, spreadBps, now }: { table: RateTable; spreadBps: number; now: Date },
): QuoteTerms | null {
	const midRate = crossRate(table, settlement.currency, currency)
	if (midRate === null) return null
	const rate = roundUp(midRate * (BASIS + BigInt(spreadBps)), BASIS)
	const exact = convert(settlement, currency, rate, roundUp)
	const step = cardStepOf(currency)
	const presentment = { minor: roundUp(exact.minor, step) * step, currency }
	if (presentment.minor > MOST_MINOR) return null
	return {
		settlement,
		presentment,
		midRate,
		rate,
		spreadBps,
		source: table.source,
		asOf: table.asOf,
		fetchedAt: table.fetchedAt,
		expiresAt: new Date(now.getTime() + QUOTE_LIFE_MS),
	}
}

/** The other currencies an amount can be quoted in, in alphabetical order. */
export const quotableIn = (currency: string, { perEuro }: RateTable): string[] =>
	perEuro.has(currency)
		? currencies()
				.filter((code) => code !== currency && perEuro.has(code))
				.sort()
		: []
