/** A share of 0..1 as a percentage with one decimal. */
export const formatRate = (rate: number | null): string =>
	rate === null
		? '–'
		: new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 }).format(rate)

export const formatCount = (count: number): string => new Intl.NumberFormat('en-US').format(count)

/** 840 ms, 3.2 s, 4 min, 2.5 h: as exact as a person needs. */
export function formatDuration(ms: number | null): string {
	if (ms === null) return '–'
	if (ms < 1_000) return `${Math.round(ms)} ms`
	if (ms < 60_000) return `${oneDecimal(ms / 1_000)} s`
	if (ms < 3_600_000) return `${oneDecimal(ms / 60_000)} min`
	return `${oneDecimal(ms / 3_600_000)} h`
}

const oneDecimal = (value: number): string =>
	new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value)

export const plural = (count: number, one: string, many = `${one}s`): string =>
	`${formatCount(count)} ${count === 1 ? one : many}`
