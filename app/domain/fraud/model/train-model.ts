import { boostTrees } from './boost-trees.ts'
import { fraudsIn, type Examples } from './examples.ts'
import { fitLinear } from './fit-linear.ts'
import type { Model } from './model.ts'
import { TREE_SETTINGS } from './tree-settings.ts'

/** Below this, trees learn the few frauds by heart; a straight line does not. */
export const ENOUGH_FOR_TREES = 200

/** The same examples in the same order with the same seed give the same model, bit by bit. */
export function trainModel(
	examples: Examples,
	seed: number,
	onProgress: (done: number, of: number) => void = () => undefined,
): Model {
	if (fraudsIn(examples) < ENOUGH_FOR_TREES) return fitLinear(examples)
	return boostTrees(examples, { ...TREE_SETTINGS, seed }, onProgress)
}
