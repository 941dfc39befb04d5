import { ONE, type Rate } from './rate.ts'
import { roundHalfEven } from './rounding.ts'

/** `ecb`: read from the ECB. `ecb_snapshot`: the file of the ECB this program is shipped with. */
export type RateSource = 'ecb' | 'ecb_snapshot'

/** One day's published rates, all against the euro. */
export type RateTable = {
	/** The day they were published for, `2026-03-13`. */
	readonly asOf: string
	readonly source: RateSource
	readonly fetchedAt: Date
	/** Units for one euro; the euro is in it. */
	readonly perEuro: ReadonlyMap<string, Rate>
}

export const rateTable = (
	published: Omit<RateTable, 'perEuro'> & { rates: Iterable<readonly [string, Rate]> },
): RateTable => {
	const { asOf, source, fetchedAt, rates } = published
	return { asOf, source, fetchedAt, perEuro: new Map([['eur', ONE], ...rates]) }
}

/** What one unit of `from` is worth in `to`, over the euro; null when one of them is not published, or too small to count. */
export function crossRate({ perEuro }: RateTable, from: string, to: string): Rate | null {
	const [source, target] = [perEuro.get(from), perEuro.get(to)]
	if (source === undefined || target === undefined) return null
	const rate = roundHalfEven(target * ONE, source)
	return rate > 0n ? rate : null
}

const DAY_MS = 86_400_000
/** No rates come out on a weekend, and Easter is the longest pause: Thursday's rates are the newest until Tuesday. */
const FRESH_DAYS = 4
/** Beyond this a currency may have moved more than any spread covers: nobody is charged by such a rate. */
const QUOTED_DAYS = 10

/** Whole days since the day the rates were published for; 0 on that day. */
export const ageInDays = ({ asOf }: Pick<RateTable, 'asOf'>, now: Date): number =>
	Math.max(0, Math.floor((now.getTime() - Date.parse(`${asOf}T00:00:00Z`)) / DAY_MS))

export const isStale = (table: Pick<RateTable, 'asOf'>, now: Date): boolean =>
	ageInDays(table, now) > FRESH_DAYS

/**
 * Whether anybody may be charged by these rates. The shipped ones are for trying things out: of any age while no real
 * money moves, and never with real money once they are old.
 */
export const mayQuote = (
	table: Pick<RateTable, 'asOf' | 'source'>,
	{ now, livemode }: { now: Date; livemode: boolean },
): boolean => ageInDays(table, now) <= QUOTED_DAYS || (table.source === 'ecb_snapshot' && !livemode)
