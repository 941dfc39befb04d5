import { expect, test } from 'vitest'
import type { Examples } from './examples.ts'
import { fitLinear } from './fit-linear.ts'
import { explainLinear, scoreLinear } from './linear-model.ts'
import { seededRandom } from './seeded-random.ts'

/** Log-odds 2·x − 1 for x uniform in [−2, 2]; the second feature is noise, the third never varies. */
function made(count: number): Examples {
	const random = seededRandom(11)
	const values = new Float32Array(3 * count)
	const labels = new Uint8Array(count)
	for (let row = 0; row < count; row++) {
		const x = random() * 4 - 2
		values.set([x, random(), 7], 3 * row)
		labels[row] = random() < 1 / (1 + Math.exp(1 - 2 * x)) ? 1 : 0
	}
	return { width: 3, values, labels, weights: new Float64Array(count).fill(1) }
}

test('it finds the log-odds the examples were drawn from', () => {
	const model = fitLinear(made(20_000))
	for (const x of [-1.5, -0.5, 0, 1, 2]) {
		const score = scoreLinear(model, Float32Array.of(x, 0.5, 7))
		expect(Math.abs(score - (2 * x - 1))).toBeLessThan(0.2)
	}
})

test('a feature that never varied says nothing, whatever it is later', () => {
	const model = fitLinear(made(500))
	expect(scoreLinear(model, Float32Array.of(1, 0.5, 9_999))).toBe(
		scoreLinear(model, Float32Array.of(1, 0.5, 7)),
	)
})

test('classes that part without a mistake leave finite weights', () => {
	const examples = made(200)
	for (let row = 0; row < 200; row++) examples.labels[row] = (examples.values[3 * row] as number) > 0 ? 1 : 0
	const { weight } = fitLinear(examples)
	expect(weight.every(Number.isFinite)).toBe(true)
})

test('intercept and contributions add up to the log-odds', () => {
	const model = fitLinear(made(500))
	const vector = Float32Array.of(1.25, 0.4, 7)
	const { base, byFeature } = explainLinear(model, vector)
	expect(byFeature.reduce((sum, part) => sum + part, base)).toBe(scoreLinear(model, vector))
})
