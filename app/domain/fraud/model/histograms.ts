import type { Binned } from './bin-columns.ts'

/** Sums of first and second derivatives by bin, of the features one tree may split on. */
export type Histogram = Float64Array

/** Where each feature's bins begin in a histogram, and how long a histogram is. */
export type Layout = { readonly offsets: readonly number[]; readonly length: number }

export function layoutOf({ edges }: Binned, features: readonly number[]): Layout {
	const offsets: number[] = []
	let length = 0
	for (const feature of features) {
		offsets.push(length)
		length += 2 * ((edges[feature]?.length ?? 0) + 1)
	}
	return { offsets, length }
}

/** Adds up the derivatives of these rows. `slopes` alternates first and second derivatives, by row. */
export function sumUp(
	{ columns }: Binned,
	features: readonly number[],
	{ offsets, length }: Layout,
	rows: Int32Array,
	slopes: Float64Array,
): Histogram {
	const sums = new Float64Array(length)
	const gathered = new Float64Array(2 * rows.length)
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i] as number
		gathered[2 * i] = slopes[2 * row] as number
		gathered[2 * i + 1] = slopes[2 * row + 1] as number
	}
	features.forEach((feature, at) => {
		const column = columns[feature] as Uint16Array
		const offset = offsets[at] as number
		for (let i = 0; i < rows.length; i++) {
			const bin = offset + 2 * (column[rows[i] as number] as number)
			sums[bin] = (sums[bin] as number) + (gathered[2 * i] as number)
			sums[bin + 1] = (sums[bin + 1] as number) + (gathered[2 * i + 1] as number)
		}
	})
	return sums
}

/** A parent less one child is the other child: only the smaller one has to be added up. */
export function lessOf(parent: Histogram, child: Histogram): Histogram {
	const rest = new Float64Array(parent.length)
	for (let i = 0; i < rest.length; i++) rest[i] = (parent[i] as number) - (child[i] as number)
	return rest
}
