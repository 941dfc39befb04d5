const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** How long is left to answer, for people; `isUrgent` within three days. Times are Unix ms. */
export function dueIn(dueAt: number, now: number): { text: string; isUrgent: boolean; isPast: boolean } {
	const leftMs = dueAt - now
	if (leftMs <= 0) return { text: 'Overdue', isUrgent: true, isPast: true }
	const isUrgent = leftMs <= 3 * DAY_MS
	if (leftMs < HOUR_MS) return { text: 'Less than an hour left', isUrgent, isPast: false }
	const hours = Math.floor(leftMs / HOUR_MS)
	if (hours < 48) return { text: `${plural(hours, 'hour')} left`, isUrgent, isPast: false }
	return { text: `${plural(Math.floor(leftMs / DAY_MS), 'day')} left`, isUrgent, isPast: false }
}
