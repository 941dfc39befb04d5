import type { Period } from '#app/contracts/console.ts'

/** Text under the bars: hours for short periods, days for long ones, in the zone of the reader. */
export function bucketLabel(at: string, period: Period): string {
	const short = period === '1h' || period === '24h'
	return new Intl.DateTimeFormat(
		'en-US',
		short ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { month: 'short', day: 'numeric' },
	).format(new Date(at))
}

export function bucketTitle(at: string): string {
	return new Intl.DateTimeFormat('en-US', {
		weekday: 'short',
		month: 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).format(new Date(at))
}

export const TICK = { fontSize: 11, fill: 'var(--faint)' } as const

const MOST_TICKS = 6

/** Buckets left out between two labels: charts of the same period label the same moments. */
export const tickInterval = (buckets: number): number => Math.max(0, Math.ceil(buckets / MOST_TICKS) - 1)
