import type { Examples } from './examples.ts'

export const MOST_BINS = 1_000

function columnOf({ values, width, labels }: Examples, feature: number, label: 0 | 1): Float32Array {
	const column = new Float32Array(labels.length)
	let length = 0
	for (let row = 0; row < labels.length; row++) {
		if (labels[row] === label) column[length++] = values[row * width + feature] as number
	}
	return column.subarray(0, length).sort()
}

/** Different values, ascending, each with the share of either class that has it; the shares add up to 2. */
function massesOf(examples: Examples, feature: number): { values: number[]; masses: number[] } {
	const classes = [columnOf(examples, feature, 0), columnOf(examples, feature, 1)]
	const at = [0, 0]
	const values: number[] = []
	const masses: number[] = []
	for (;;) {
		const next = classes.map((column, c) => column[at[c] as number] ?? Infinity)
		const value = Math.min(...next)
		if (value === Infinity) return { values, masses }
		let mass = 0
		classes.forEach((column, c) => {
			const from = at[c] as number
			let to = from
			while (to < column.length && column[to] === value) to++
			if (to > from) mass += (to - from) / column.length
			at[c] = to
		})
		values.push(value)
		masses.push(mass)
	}
}

/** A number of 32 bits with `low` at or below it and `high` above it. */
function between(low: number, high: number): number {
	const middle = Math.fround(low / 2 + high / 2)
	return middle >= low && middle < high ? middle : low
}

/**
 * Upper edges of the bins of one feature, without that of the last. Bins have equal mass with frauds weighted up until
 * both classes weigh alike, because that is where cuts matter; a very frequent value has a bin of its own.
 */
export function binEdges(examples: Examples, feature: number, most = MOST_BINS): Float32Array {
	const { values, masses } = massesOf(examples, feature)
	const fair = masses.reduce((sum, mass) => sum + mass, 0) / most
	const everyValue = values.length <= most
	const edges: number[] = []
	let held = 0
	for (let i = 0; i < values.length - 1; i++) {
		held += masses[i] as number
		const nextIsFrequent = (masses[i + 1] as number) >= fair
		if (!everyValue && held < fair && !nextIsFrequent) continue
		edges.push(between(values[i] as number, values[i + 1] as number))
		held = 0
	}
	return Float32Array.from(edges)
}
