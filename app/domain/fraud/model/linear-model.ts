import type { Contributions } from './tree-model.ts'

/** Logistic regression over standardised features. */
export type LinearModel = {
	readonly kind: 'linear'
	readonly intercept: number
	readonly mean: readonly number[]
	/** Standard deviation; 0 for a feature that never varied, which then says nothing. */
	readonly deviation: readonly number[]
	readonly weight: readonly number[]
}

export function explainLinear(model: LinearModel, vector: Float32Array): Contributions {
	const byFeature = new Float64Array(vector.length)
	for (let i = 0; i < byFeature.length; i++) {
		const deviation = model.deviation[i] as number
		if (deviation === 0) continue
		byFeature[i] =
			((model.weight[i] as number) * ((vector[i] as number) - (model.mean[i] as number))) / deviation
	}
	return { base: model.intercept, byFeature }
}

/** Log-odds. */
export function scoreLinear(model: LinearModel, vector: Float32Array): number {
	const { base, byFeature } = explainLinear(model, vector)
	return byFeature.reduce((sum, part) => sum + part, base)
}
