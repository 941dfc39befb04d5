import type { FxRates } from '#app/contracts/fx.ts'

export const SOURCE_WORDS: Readonly<Record<FxRates['source'], string>> = {
	ecb: 'European Central Bank',
	ecb_snapshot: 'European Central Bank, as shipped with this program',
}

const DAY = new Intl.DateTimeFormat('en-US', {
	day: 'numeric',
	month: 'short',
	year: 'numeric',
	timeZone: 'UTC',
})

/** `2026-03-13` → `Mar 13, 2026`. */
export const dayWords = (day: string): string => DAY.format(Date.parse(`${day}T00:00:00Z`))

/** 150 → `1.5 %`. */
export function spreadWords(bps: number): string {
	const digits = String(bps).padStart(3, '0')
	const percent = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '')
	return `${percent} %`
}

const MOST_DIGITS = 7

/** As many digits as people can compare: `152.25`, `0.8844545`. */
export function rateWords(rate: string): string {
	const [whole = '', fraction = ''] = rate.split('.')
	const leading = whole === '0' ? (/^0*/.exec(fraction)?.[0].length ?? 0) : 0
	const kept = fraction.slice(0, leading + Math.max(2, MOST_DIGITS - (whole === '0' ? 0 : whole.length)))
	return kept === '' ? whole : `${whole}.${kept}`
}
