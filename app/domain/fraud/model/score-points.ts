export const MOST_POINTS = 99

/**
 * How many of recent payments have at least so many points: one in 100 has 65 or more, one in 1,000 has 85 or more. The
 * log-odds only rank, so points say how unusual a payment is, in steps that spread out where decisions are made.
 */
const shareAbove = (points: number): number =>
	10 ** -(points <= 65 ? (2 * points) / 65 : 2 + (points - 65) / 20)

/** The least log-odds for 1, 2, … 99 points, by what recent payments had. */
export function pointCuts(logOdds: readonly number[]): number[] {
	const sorted = Float64Array.from(logOdds).sort()
	return Array.from({ length: MOST_POINTS }, (_, index) => {
		const at = Math.floor((1 - shareAbove(index + 1)) * sorted.length)
		return sorted[Math.min(at, sorted.length - 1)] ?? 0
	})
}

/** Whole points from 0 to 99: how many cuts the log-odds are above. */
export function pointsOf(cuts: readonly number[], logOdds: number): number {
	let low = 0
	let high = cuts.length
	while (low < high) {
		const middle = (low + high) >>> 1
		if (logOdds > (cuts[middle] as number)) low = middle + 1
		else high = middle
	}
	return low
}
