import type { Money } from '../money/money.ts'
import { balanced, type Journal, type JournalLine } from './journal.ts'

type Source = Pick<Journal, 'merchantId' | 'gateway' | 'sourceType' | 'sourceId'>

/** One amount in two currencies: what the payer's side moves, and what the merchant's balance moves. */
export type TwoSides = { presentment: Money; settlement: Money }

/** What was captured becomes the merchant's in the currency they are paid in; fx_clearing stands between the two. */
export const conversionJournal = (source: Source, { presentment, settlement }: TwoSides): Journal =>
	balanced({
		...source,
		kind: 'conversion',
		lines: [
			{ account: 'merchant_balance', amountMinor: presentment.minor, currency: presentment.currency },
			{ account: 'fx_clearing', amountMinor: -presentment.minor, currency: presentment.currency },
			{ account: 'fx_clearing', amountMinor: settlement.minor, currency: settlement.currency },
			{ account: 'merchant_balance', amountMinor: -settlement.minor, currency: settlement.currency },
		],
	})

const backLines = (sides: TwoSides, resultMinor: bigint): JournalLine[] => {
	const { presentment, settlement } = sides
	return [
		{ account: 'merchant_balance', amountMinor: settlement.minor, currency: settlement.currency },
		{ account: 'fx_result', amountMinor: resultMinor, currency: settlement.currency },
		{
			account: 'fx_clearing',
			amountMinor: -(settlement.minor + resultMinor),
			currency: settlement.currency,
		},
		{ account: 'fx_clearing', amountMinor: presentment.minor, currency: presentment.currency },
		{ account: 'merchant_balance', amountMinor: -presentment.minor, currency: presentment.currency },
	]
}

/**
 * Money goes back to the payer: the merchant gives the amount at the payment's own rate, fx_clearing what it costs
 * today, and the difference is a loss (`resultMinor` above zero) or a gain of the house.
 */
export const conversionBackJournal = (source: Source, sides: TwoSides, resultMinor: bigint): Journal =>
	balanced({ ...source, kind: 'conversion_back', lines: backLines(sides, resultMinor) })

/** It did not go back after all: exactly what was booked is taken out again. */
export const conversionUndoneJournal = (source: Source, sides: TwoSides, resultMinor: bigint): Journal =>
	balanced({
		...source,
		kind: 'conversion_undone',
		lines: backLines(sides, resultMinor).map((line) => ({ ...line, amountMinor: -line.amountMinor })),
	})
