import { binColumns, type Binned } from './bin-columns.ts'
import { countOf, refuseNaN, type Examples } from './examples.ts'
import { growTree, type GrownTree } from './grow-tree.ts'
import { seededRandom } from './seeded-random.ts'
import type { TreeModel } from './tree-model.ts'
import { TREE_SETTINGS, type TreeSettings } from './tree-settings.ts'

/** First and second derivative of the logistic loss, by row, alternating. */
function slopesOf({ labels, weights }: Examples, logOdds: Float64Array, slopes: Float64Array): void {
	for (let row = 0; row < labels.length; row++) {
		const p = 1 / (1 + Math.exp(-(logOdds[row] as number)))
		const weight = weights[row] as number
		slopes[2 * row] = weight * (p - (labels[row] as number))
		slopes[2 * row + 1] = weight * p * (1 - p)
	}
}

function sampleRows(count: number, share: number, random: () => number): Int32Array {
	const rows = new Int32Array(count)
	let length = 0
	for (let row = 0; row < count; row++) if (random() < share) rows[length++] = row
	return rows.subarray(0, length)
}

function sampleFeatures(usable: readonly number[], share: number, random: () => number): number[] {
	const drawn = usable.map((feature) => ({ feature, lot: random() })).sort((a, b) => a.lot - b.lot)
	const wanted = Math.max(1, Math.round(usable.length * share))
	return drawn
		.slice(0, wanted)
		.map(({ feature }) => feature)
		.sort((a, b) => a - b)
}

/** Adds a tree's advice to every row, those it has not seen included. */
function advise({ columns }: Binned, tree: GrownTree, logOdds: Float64Array): void {
	const { feature, bin, left, right, value } = tree
	for (let row = 0; row < logOdds.length; row++) {
		let node = 0
		for (let split = feature[0] as number; split >= 0; split = feature[node] as number) {
			const isLeft = ((columns[split] as Uint16Array)[row] as number) <= (bin[node] as number)
			node = (isLeft ? left[node] : right[node]) as number
		}
		logOdds[row] = (logOdds[row] as number) + (value[node] as number)
	}
}

function flatten(trees: readonly GrownTree[], { edges }: Binned): TreeModel {
	const model = {
		kind: 'trees' as const,
		roots: [] as number[],
		feature: [] as number[],
		threshold: [] as number[],
		left: [] as number[],
		right: [] as number[],
		value: [] as number[],
	}
	for (const tree of trees) {
		const root = model.feature.length
		model.roots.push(root)
		tree.feature.forEach((split, node) => {
			const isLeaf = split < 0
			model.feature.push(split)
			model.threshold.push(isLeaf ? 0 : (edges[split]?.[tree.bin[node] as number] as number))
			model.left.push(isLeaf ? -1 : root + (tree.left[node] as number))
			model.right.push(isLeaf ? -1 : root + (tree.right[node] as number))
			model.value.push(tree.value[node] as number)
		})
	}
	return model
}

/**
 * Gradient-boosted trees with logistic loss, starting from even odds: beginning at the rarity of fraud makes the first
 * trees blind to it. The same examples in the same order with the same seed give the same model, bit by bit.
 */
export function boostTrees(
	examples: Examples,
	settings: TreeSettings = TREE_SETTINGS,
	onTree: (done: number, of: number) => void = () => undefined,
): TreeModel {
	refuseNaN(examples)
	const binned = binColumns(examples)
	const random = seededRandom(settings.seed)
	const count = countOf(examples)
	const logOdds = new Float64Array(count)
	const slopes = new Float64Array(2 * count)
	const trees: GrownTree[] = []
	for (let done = 0; done < settings.trees; done++) {
		slopesOf(examples, logOdds, slopes)
		const rows = sampleRows(count, settings.rowShare, random)
		const features = sampleFeatures(binned.usable, settings.columnShare, random)
		const tree = growTree(binned, slopes, rows, features, settings)
		advise(binned, tree, logOdds)
		trees.push(tree)
		onTree(done + 1, settings.trees)
	}
	return flatten(trees, binned)
}
