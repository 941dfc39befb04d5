import type { Binned } from './bin-columns.ts'
import { layoutOf, lessOf, sumUp, type Histogram, type Layout } from './histograms.ts'
import type { TreeSettings } from './tree-settings.ts'

/** One tree in bin numbers. A feature of −1 is a leaf. */
export type GrownTree = {
	feature: number[]
	bin: number[]
	left: number[]
	right: number[]
	value: number[]
}

type Split = { feature: number; bin: number }
/** A node that may still be split. */
type Open = { node: number; rows: Int32Array; first: number; second: number; sums: Histogram | null }

const LEAST_GAIN = 1e-9

const worth = (first: number, second: number, lambda: number): number => (first * first) / (second + lambda)

function bestSplit(
	open: Open,
	sums: Histogram,
	features: readonly number[],
	{ offsets, length }: Layout,
	{ lambda, leastWeight }: TreeSettings,
): Split | null {
	const { first, second } = open
	const unsplit = worth(first, second, lambda)
	let best: Split | null = null
	let bestGain = LEAST_GAIN
	for (let at = 0; at < features.length; at++) {
		const from = offsets[at] as number
		const bins = ((offsets[at + 1] ?? length) - from) / 2
		let leftFirst = 0
		let leftSecond = 0
		for (let bin = 0; bin < bins - 1; bin++) {
			leftFirst += sums[from + 2 * bin] as number
			leftSecond += sums[from + 2 * bin + 1] as number
			if (leftSecond < leastWeight) continue
			const rightSecond = second - leftSecond
			if (rightSecond < leastWeight) break
			const gain =
				worth(leftFirst, leftSecond, lambda) + worth(first - leftFirst, rightSecond, lambda) - unsplit
			if (gain > bestGain) {
				bestGain = gain
				best = { feature: features[at] as number, bin }
			}
		}
	}
	return best
}

function total(rows: Int32Array, slopes: Float64Array): { first: number; second: number } {
	let first = 0
	let second = 0
	for (let i = 0; i < rows.length; i++) {
		first += slopes[2 * (rows[i] as number)] as number
		second += slopes[2 * (rows[i] as number) + 1] as number
	}
	return { first, second }
}

/** Both sides keep the order of the rows. */
function partition(rows: Int32Array, column: Uint16Array, bin: number): [Int32Array, Int32Array] {
	const left = new Int32Array(rows.length)
	const right = new Int32Array(rows.length)
	let lefts = 0
	let rights = 0
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i] as number
		if ((column[row] as number) <= bin) left[lefts++] = row
		else right[rights++] = row
	}
	return [left.subarray(0, lefts), right.subarray(0, rights)]
}

/** Grows one tree level by level. Equal gains go to the lower feature and bin: the same data, the same tree. */
export function growTree(
	binned: Binned,
	slopes: Float64Array,
	rows: Int32Array,
	features: readonly number[],
	settings: TreeSettings,
): GrownTree {
	const layout = layoutOf(binned, features)
	const tree: GrownTree = { feature: [], bin: [], left: [], right: [], value: [] }
	const add = (of: Int32Array): Open => {
		const { first, second } = total(of, slopes)
		const node = tree.value.push((-settings.rate * first) / (second + settings.lambda)) - 1
		tree.feature.push(-1)
		tree.bin.push(0)
		tree.left.push(-1)
		tree.right.push(-1)
		return { node, rows: of, first, second, sums: null }
	}
	let level = [add(rows)]
	for (let depth = 0; depth < settings.depth; depth++) {
		const next: Open[] = []
		for (const open of level) {
			const sums = open.sums ?? sumUp(binned, features, layout, open.rows, slopes)
			open.sums = null
			const split = bestSplit(open, sums, features, layout, settings)
			if (!split) continue
			const sides = partition(open.rows, binned.columns[split.feature] as Uint16Array, split.bin)
			const [left, right] = [add(sides[0]), add(sides[1])]
			tree.feature[open.node] = split.feature
			tree.bin[open.node] = split.bin
			tree.left[open.node] = left.node
			tree.right[open.node] = right.node
			if (depth + 1 < settings.depth) {
				const [small, large] = left.rows.length <= right.rows.length ? [left, right] : [right, left]
				small.sums = sumUp(binned, features, layout, small.rows, slopes)
				large.sums = lessOf(sums, small.sums)
			}
			next.push(left, right)
		}
		level = next
	}
	return tree
}
