import { explainLinear, scoreLinear, type LinearModel } from './linear-model.ts'
import { explainTrees, scoreTrees, type Contributions, type TreeModel } from './tree-model.ts'

export type Model = TreeModel | LinearModel

/** Log-odds of fraud: they rank payments, and are no probability. */
export const scoreRaw = (model: Model, vector: Float32Array): number =>
	model.kind === 'trees' ? scoreTrees(model, vector) : scoreLinear(model, vector)

export const explain = (model: Model, vector: Float32Array): Contributions =>
	model.kind === 'trees' ? explainTrees(model, vector) : explainLinear(model, vector)

/** The features that speak most for fraud, strongest first. */
export function strongest({ byFeature }: Contributions, most = 3): number[] {
	return [...byFeature.keys()]
		.filter((feature) => (byFeature[feature] as number) > 0)
		.sort((a, b) => (byFeature[b] as number) - (byFeature[a] as number) || a - b)
		.slice(0, most)
}
