import { describe, expect, test } from 'vitest'
import { binColumns } from './bin-columns.ts'
import { binEdges } from './bin-edges.ts'
import { boostTrees } from './boost-trees.ts'
import type { Examples } from './examples.ts'
import { explain, scoreRaw, strongest } from './model.ts'
import { seededRandom } from './seeded-random.ts'
import { explainTrees, scoreTrees } from './tree-model.ts'
import { TREE_SETTINGS, type TreeSettings } from './tree-settings.ts'

const SMALL: TreeSettings = { ...TREE_SETTINGS, trees: 12, depth: 3, rate: 0.3, rowShare: 1, columnShare: 1 }

/** Fraud when the first two features are high together, with some noise; the third is a sentinel now and then. */
function made(count: number, seed: number): Examples {
	const random = seededRandom(seed)
	const width = 4
	const values = new Float32Array(count * width)
	const labels = new Uint8Array(count)
	for (let row = 0; row < count; row++) {
		const vector = [random() * 100, random() * 10, random() < 0.3 ? -999 : random(), Math.floor(random() * 5)]
		values.set(vector, row * width)
		const isFraud = (vector[0] as number) > 60 && (vector[1] as number) > 6 ? random() < 0.8 : random() < 0.05
		labels[row] = isFraud ? 1 : 0
	}
	return { width, values, labels, weights: new Float64Array(count).fill(1) }
}

const vectorOf = ({ values, width }: Examples, row: number) => values.subarray(row * width, (row + 1) * width)

/** Nothing clever: every cut between two values of every feature is tried by adding up all rows again. */
function naiveScores({ width, values, labels, weights }: Examples, settings: TreeSettings): number[] {
	const { lambda, leastWeight, rate, depth } = settings
	const at = (row: number, feature: number) => values[row * width + feature] as number
	const scores = [...labels].map(() => 0)
	for (let tree = 0; tree < settings.trees; tree++) {
		const odds = scores.map((score) => 1 / (1 + Math.exp(-score)))
		const sums = (rows: number[]) => {
			let g = 0
			let h = 0
			for (const row of rows) {
				const p = odds[row] as number
				const weight = weights[row] as number
				g += weight * (p - (labels[row] as number))
				h += weight * p * (1 - p)
			}
			return { g, h, worth: (g * g) / (h + lambda) }
		}
		const grow = (rows: number[], level: number): void => {
			const whole = sums(rows)
			let best: { gain: number; left: number[]; right: number[] } | null = null
			for (let feature = 0; level < depth && feature < width; feature++) {
				for (const cut of [...new Set(rows.map((row) => at(row, feature)))].sort((a, b) => a - b)) {
					const left = rows.filter((row) => at(row, feature) <= cut)
					const right = rows.filter((row) => at(row, feature) > cut)
					const [l, r] = [sums(left), sums(right)]
					if (l.h < leastWeight || r.h < leastWeight) continue
					const gain = l.worth + r.worth - whole.worth
					if (gain > (best?.gain ?? 0) + 1e-9) best = { gain, left, right }
				}
			}
			if (best) {
				grow(best.left, level + 1)
				grow(best.right, level + 1)
			} else
				for (const row of rows) scores[row] = (scores[row] as number) - (rate * whole.g) / (whole.h + lambda)
		}
		grow([...labels.keys()], 0)
	}
	return scores
}

test('the trees are those of a second, naive implementation', () => {
	const examples = made(600, 7)
	const model = boostTrees(examples, SMALL)
	const expected = naiveScores(examples, SMALL)
	expected.forEach((score, row) => expect(scoreTrees(model, vectorOf(examples, row))).toBeCloseTo(score, 9))
	expect(new Set(expected).size).toBeGreaterThan(20)
})

test('a row of weight two counts as the row twice', () => {
	const once = made(300, 3)
	const weighted = { ...once, weights: once.weights.map((_, row) => (row % 3 === 0 ? 2 : 1)) }
	const model = boostTrees(weighted, SMALL)
	const expected = naiveScores(weighted, SMALL)
	expected.forEach((score, row) => expect(scoreTrees(model, vectorOf(once, row))).toBeCloseTo(score, 9))
})

describe('one model for one set of examples', () => {
	test('the same examples and seed give the same model, bit by bit', () => {
		const settings = { ...SMALL, rowShare: 0.8, columnShare: 0.6 }
		expect(boostTrees(made(500, 1), settings)).toEqual(boostTrees(made(500, 1), settings))
	})

	test('another seed or another label gives another', () => {
		const settings = { ...SMALL, rowShare: 0.8, columnShare: 0.6 }
		const model = boostTrees(made(500, 1), settings)
		expect(boostTrees(made(500, 1), { ...settings, seed: 2 })).not.toEqual(model)
		const flipped = made(500, 1)
		for (let row = 0; row < 40; row++) flipped.labels[row] = 1
		expect(boostTrees(flipped, settings)).not.toEqual(model)
	})

	test('it survives being kept as JSON', () => {
		const examples = made(400, 9)
		const model = boostTrees(examples, SMALL)
		const read = JSON.parse(JSON.stringify(model)) as typeof model
		for (let row = 0; row < 400; row++) {
			expect(scoreTrees(read, vectorOf(examples, row))).toBe(scoreTrees(model, vectorOf(examples, row)))
		}
	})
})

test('it learns: unseen frauds stand above unseen genuine payments', () => {
	const model = boostTrees(made(3_000, 1), SMALL)
	const unseen = made(500, 2)
	const mean = (label: number) => {
		const rows = [...unseen.labels.keys()].filter((row) => unseen.labels[row] === label)
		return rows.reduce((sum, row) => sum + scoreRaw(model, vectorOf(unseen, row)), 0) / rows.length
	}
	expect(mean(1)).toBeGreaterThan(mean(0) + 1)
})

test('base and contributions add up to the log-odds, and the strongest come first', () => {
	const examples = made(2_000, 5)
	const model = boostTrees(examples, SMALL)
	for (let row = 0; row < 200; row++) {
		const vector = vectorOf(examples, row)
		const { base, byFeature } = explainTrees(model, vector)
		expect(byFeature.reduce((sum, part) => sum + part, base)).toBeCloseTo(scoreTrees(model, vector), 9)
	}
	expect(strongest(explain(model, Float32Array.of(95, 9.5, 0.5, 2)), 2).sort()).toEqual([0, 1])
})

test('a number that is none is refused', () => {
	const examples = made(50, 1)
	examples.values[9] = Number.NaN
	expect(() => boostTrees(examples, SMALL)).toThrow('example 2 has no number for feature 1')
})

describe('bins', () => {
	const examplesOf = (values: number[], labels: number[]): Examples => ({
		width: 1,
		values: Float32Array.from(values),
		labels: Uint8Array.from(labels),
		weights: new Float64Array(labels.length).fill(1),
	})

	test('few values have a bin each', () => {
		const edges = binEdges(examplesOf([3, 1, 2, 2, 1], [0, 0, 1, 0, 0]), 0)
		expect([...edges]).toEqual([1.5, 2.5])
	})

	test('a frequent value is alone in its bin', () => {
		const values = Array.from({ length: 1_000 }, (_, i) => (i < 500 ? -1 : i))
		const examples = examplesOf(
			values,
			values.map((_, i) => (i % 100 === 0 ? 1 : 0)),
		)
		const { columns } = binColumns(examples, 20)
		const bins = columns[0] as Uint16Array
		expect(new Set(bins.subarray(0, 500))).toEqual(new Set([0]))
		expect(bins.subarray(500).includes(0)).toBe(false)
		expect(new Set(bins).size).toBeLessThanOrEqual(21)
	})

	test('rare frauds get as many bins as all that is genuine', () => {
		const values = Array.from({ length: 10_000 }, (_, i) => i)
		const examples = examplesOf(
			values,
			values.map((value) => (value >= 9_900 ? 1 : 0)),
		)
		const edges = [...binEdges(examples, 0, 100)]
		expect(edges.filter((edge) => edge >= 9_899).length).toBeGreaterThan(40)
	})

	test('what never differs is not split on', () => {
		expect(binColumns(examplesOf([4, 4, 4], [0, 1, 0])).usable).toEqual([])
	})
})
