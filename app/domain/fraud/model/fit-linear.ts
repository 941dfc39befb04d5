import { countOf, refuseNaN, type Examples } from './examples.ts'
import type { LinearModel } from './linear-model.ts'
import { solve } from './solve.ts'

/** Keeps the weights finite when a feature separates the classes without a mistake. */
const RIDGE = 1
const MOST_STEPS = 25
const SETTLED = 1e-8

function standardised(examples: Examples): { z: Float64Array; mean: number[]; deviation: number[] } {
	const { width, values } = examples
	const count = countOf(examples)
	const z = new Float64Array(count * width)
	const mean: number[] = []
	const deviation: number[] = []
	for (let feature = 0; feature < width; feature++) {
		let sum = 0
		for (let row = 0; row < count; row++) sum += values[row * width + feature] as number
		const middle = sum / count
		let squares = 0
		for (let row = 0; row < count; row++) squares += ((values[row * width + feature] as number) - middle) ** 2
		const spread = Math.sqrt(squares / count)
		mean.push(middle)
		deviation.push(spread)
		if (spread === 0) continue
		for (let row = 0; row < count; row++) {
			z[row * width + feature] = ((values[row * width + feature] as number) - middle) / spread
		}
	}
	return { z, mean, deviation }
}

/** Adds one example to gradient and curvature; the last unknown is the intercept. */
function addExample(
	row: Float64Array,
	off: number,
	scale: number,
	gradient: Float64Array,
	curve: Float64Array,
) {
	const n = gradient.length
	for (let i = 0; i < n; i++) {
		const xi = row[i] as number
		gradient[i] = (gradient[i] as number) + off * xi
		const scaled = scale * xi
		if (scaled === 0) continue
		for (let j = 0; j <= i; j++) curve[i * n + j] = (curve[i * n + j] as number) + scaled * (row[j] as number)
	}
}

/** Logistic regression by Newton's method: for the time before there are enough frauds to grow trees from. */
export function fitLinear(examples: Examples): LinearModel {
	refuseNaN(examples)
	const { width, labels, weights } = examples
	const { z, mean, deviation } = standardised(examples)
	const n = width + 1
	const fitted = new Float64Array(n)
	const row = new Float64Array(n)
	row[width] = 1
	for (let step = 0; step < MOST_STEPS; step++) {
		const gradient = new Float64Array(n)
		const curve = new Float64Array(n * n)
		for (let at = 0; at < labels.length; at++) {
			row.set(z.subarray(at * width, (at + 1) * width))
			const logOdds = row.reduce((sum, x, i) => sum + x * (fitted[i] as number), 0)
			const p = 1 / (1 + Math.exp(-logOdds))
			const weight = weights[at] as number
			addExample(row, weight * ((labels[at] as number) - p), weight * p * (1 - p), gradient, curve)
		}
		for (let i = 0; i < n; i++) {
			gradient[i] = (gradient[i] as number) - RIDGE * (fitted[i] as number)
			curve[i * n + i] = (curve[i * n + i] as number) + RIDGE
		}
		const move = solve(curve, gradient)
		for (let i = 0; i < n; i++) fitted[i] = (fitted[i] as number) + (move[i] as number)
		if (move.every((part) => Math.abs(part) < SETTLED)) break
	}
	return {
		kind: 'linear',
		intercept: fitted[width] as number,
		mean,
		deviation,
		weight: [...fitted.subarray(0, width)],
	}
}
