/** A scored payment whose outcome is known. `day` is any number that is the same for payments of one day. */
export type Judged = {
	readonly score: number
	readonly fraud: 0 | 1
	readonly card: string
	readonly day: number
}

type Ties = { readonly frauds: number; readonly genuine: number }

/** Highest score first; payments with the same score stand together. */
function tiesOf(rows: readonly Judged[]): Ties[] {
	const sorted = rows.toSorted((a, b) => b.score - a.score)
	const ties: { frauds: number; genuine: number }[] = []
	let last = Number.NaN
	for (const { score, fraud } of sorted) {
		if (score !== last) ties.push({ frauds: 0, genuine: 0 })
		last = score
		const tie = ties.at(-1)
		if (tie) tie[fraud === 1 ? 'frauds' : 'genuine']++
	}
	return ties
}

/** How likely a fraud is ranked above a genuine payment; equal scores count half. Null when one of the two is missing. */
export function rocAuc(rows: readonly Judged[]): number | null {
	let frauds = 0
	let genuine = 0
	let area = 0
	for (const tie of tiesOf(rows)) {
		area += tie.genuine * (frauds + tie.frauds / 2)
		frauds += tie.frauds
		genuine += tie.genuine
	}
	return frauds === 0 || genuine === 0 ? null : area / (frauds * genuine)
}

/** Precision over the steps of recall, without interpolation. Null without a fraud. */
export function averagePrecision(rows: readonly Judged[]): number | null {
	const all = rows.filter(({ fraud }) => fraud === 1).length
	if (all === 0) return null
	let frauds = 0
	let seen = 0
	let sum = 0
	for (const tie of tiesOf(rows)) {
		frauds += tie.frauds
		seen += tie.frauds + tie.genuine
		sum += (tie.frauds / all) * (frauds / seen)
	}
	return sum
}

/**
 * The share of compromised cards among the `most` highest of each day, a day's team being able to check no more. A card
 * that was caught is left out afterwards.
 */
export function cardPrecision(rows: readonly Judged[], most = 100): number | null {
	const caught = new Set<string>()
	const days = [...Map.groupBy(rows, ({ day }) => day)].sort(([a], [b]) => a - b)
	if (days.length === 0) return null
	let sum = 0
	for (const [, ofDay] of days) {
		const cards = new Map<string, { card: string; score: number; isFraud: boolean }>()
		for (const { card, score, fraud } of ofDay) {
			if (caught.has(card)) continue
			const known = cards.get(card)
			cards.set(card, {
				card,
				score: Math.max(score, known?.score ?? -Infinity),
				isFraud: fraud === 1 || (known?.isFraud ?? false),
			})
		}
		const checked = [...cards.values()]
			.sort((a, b) => b.score - a.score || (a.card < b.card ? -1 : 1))
			.slice(0, most)
		const hits = checked.filter(({ isFraud }) => isFraud)
		for (const { card } of hits) caught.add(card)
		sum += hits.length / most
	}
	return sum / days.length
}
