import { convert } from '../fx/convert.ts'
import { crossRate, type RateTable } from '../fx/rate-table.ts'
import { roundDown } from '../fx/rounding.ts'
import { exponentOf } from '../money/currency.ts'
import type { Money } from '../money/money.ts'

/**
 * Rough units per 1,000 US dollars of currencies the ECB publishes no rate for. Used only to compare an amount with the
 * review threshold; no money is ever converted with them. Being 10 % off moves the threshold by 10 %.
 */
const PER_1000_USD: Readonly<Record<string, bigint>> = {
	twd: 31_000n, vnd: 26_000_000n, pkr: 282_000n, bdt: 121_000n, lkr: 302_000n, bgn: 1_680n, uah: 41_500n,
	rsd: 100_500n, aed: 3_670n, sar: 3_750n, qar: 3_640n, kwd: 306n, bhd: 376n, omr: 385n, jod: 709n, egp: 48_500n,
	mad: 9_050n, tnd: 2_900n, ngn: 1_530_000n, kes: 129_000n, ghs: 11_000n, ars: 1_350_000n, clp: 960_000n,
	cop: 4_050_000n, pen: 3_550n, uyu: 40_000n,
} // prettier-ignore

/**
 * Whole US cents an amount is worth by the published rates, or roughly where none is published for its currency; null
 * when nothing is known.
 */
export function usdCents(amount: Money, table: RateTable): bigint | null {
	const published = crossRate(table, amount.currency, 'usd')
	return published === null ? roughUsdCents(amount) : convert(amount, 'usd', published, roundDown).minor
}

function roughUsdCents({ minor, currency }: Money): bigint | null {
	const rate = PER_1000_USD[currency]
	if (rate === undefined) return null
	return (minor * 100_000n) / (rate * 10n ** BigInt(exponentOf(currency)))
}
