import { binEdges, MOST_BINS } from './bin-edges.ts'
import type { Examples } from './examples.ts'

/** The training data as bin numbers, by feature. */
export type Binned = {
	readonly columns: readonly Uint16Array[]
	readonly edges: readonly Float32Array[]
	/** Features that differ at all; the others can split nothing. */
	readonly usable: readonly number[]
}

/** The first bin whose upper edge is not below the value: `value <= edge` goes left, as when a payment is scored. */
function binOf(edges: Float32Array, value: number): number {
	let low = 0
	let high = edges.length
	while (low < high) {
		const middle = (low + high) >>> 1
		if (value <= (edges[middle] as number)) high = middle
		else low = middle + 1
	}
	return low
}

export function binColumns(examples: Examples, most = MOST_BINS): Binned {
	const { width, values, labels } = examples
	const features = Array.from({ length: width }, (_, feature) => feature)
	const edges = features.map((feature) => binEdges(examples, feature, most))
	const columns = edges.map((cuts, feature) => {
		const column = new Uint16Array(labels.length)
		for (let row = 0; row < column.length; row++) {
			column[row] = binOf(cuts, values[row * width + feature] as number)
		}
		return column
	})
	return { columns, edges, usable: features.filter((feature) => (edges[feature]?.length ?? 0) > 0) }
}
