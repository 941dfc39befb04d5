import { exponentOf } from '../money/currency.ts'
import type { Money } from '../money/money.ts'

/**
 * Rough units of a currency per 1,000 US dollars. Used only to compare an amount with the review threshold;
 * no money is ever converted with them. Being 10 % off moves the threshold by 10 %.
 */
const PER_1000_USD: Readonly<Record<string, bigint>> = {
	usd: 1_000n, eur: 860n, gbp: 750n, chf: 800n, cad: 1_390n, aud: 1_530n, nzd: 1_720n, jpy: 150_000n,
	cny: 7_150n, hkd: 7_800n, sgd: 1_300n, twd: 31_000n, krw: 1_400_000n, inr: 87_000n, idr: 16_400_000n,
	myr: 4_250n, php: 58_000n, thb: 32_500n, vnd: 26_000_000n, pkr: 282_000n, bdt: 121_000n, lkr: 302_000n,
	sek: 9_500n, nok: 10_100n, dkk: 6_420n, isk: 123_000n, pln: 3_670n, czk: 21_100n, huf: 341_000n,
	ron: 4_350n, bgn: 1_680n, try: 41_000n, uah: 41_500n, rsd: 100_500n, ils: 3_400n, aed: 3_670n,
	sar: 3_750n, qar: 3_640n, kwd: 306n, bhd: 376n, omr: 385n, jod: 709n, egp: 48_500n, mad: 9_050n,
	tnd: 2_900n, zar: 17_700n, ngn: 1_530_000n, kes: 129_000n, ghs: 11_000n, brl: 5_400n, mxn: 18_700n,
	ars: 1_350_000n, clp: 960_000n, cop: 4_050_000n, pen: 3_550n, uyu: 40_000n,
} // prettier-ignore

/** Whole US cents an amount is roughly worth; null when no rate is known. */
export function roughUsdCents({ minor, currency }: Money): bigint | null {
	const rate = PER_1000_USD[currency]
	if (rate === undefined) return null
	return (minor * 100_000n) / (rate * 10n ** BigInt(exponentOf(currency)))
}
