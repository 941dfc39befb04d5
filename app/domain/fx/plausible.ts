import type { RateTable } from './rate-table.ts'

const DAY_MS = 86_400_000
const SHORT_DAYS = 10
const PERCENT = 100n
/** No published currency has ever moved as far within days; a wrong digit or a swapped pair moves further. */
const SHORT_PERCENT = 20n
/** After a long silence a currency may have lost or won half of itself, not more. */
const LONG_PERCENT = 100n

/**
 * The first currency that moved further between two days than can be true, or null. Either way counts the same: twice
 * as much and half as much.
 */
export function implausibleMove(before: RateTable, after: RateTable): string | null {
	const days = Math.abs(Date.parse(after.asOf) - Date.parse(before.asOf)) / DAY_MS
	const most = PERCENT + (days <= SHORT_DAYS ? SHORT_PERCENT : LONG_PERCENT)
	for (const [currency, rate] of after.perEuro) {
		const known = before.perEuro.get(currency)
		if (known === undefined) continue
		if (rate * PERCENT > known * most || known * PERCENT > rate * most) return currency
	}
	return null
}
