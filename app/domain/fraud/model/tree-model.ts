/**
 * Boosted trees as flat arrays, all trees one after the other; `roots` says where each begins. A node with feature −1
 * is a leaf. Inner nodes keep the value they would have as a leaf: from it follows what each step of the way added.
 */
export type TreeModel = {
	readonly kind: 'trees'
	readonly roots: readonly number[]
	readonly feature: readonly number[]
	readonly threshold: readonly number[]
	readonly left: readonly number[]
	readonly right: readonly number[]
	readonly value: readonly number[]
}

/** Log-odds. They rank; they are no probability. */
export function scoreTrees(model: TreeModel, vector: Float32Array): number {
	const { roots, feature, threshold, left, right, value } = model
	let sum = 0
	for (const root of roots) {
		let node = root
		for (let split = feature[node] as number; split >= 0; split = feature[node] as number) {
			node = ((vector[split] as number) <= (threshold[node] as number) ? left[node] : right[node]) as number
		}
		sum += value[node] as number
	}
	return sum
}

/** What each feature added to the log-odds; together with `base` they are the log-odds. */
export type Contributions = { readonly base: number; readonly byFeature: Float64Array }

export function explainTrees(model: TreeModel, vector: Float32Array): Contributions {
	const { roots, feature, threshold, left, right, value } = model
	const byFeature = new Float64Array(vector.length)
	let base = 0
	for (const root of roots) {
		let node = root
		base += value[node] as number
		for (let split = feature[node] as number; split >= 0; split = feature[node] as number) {
			const isLeft = (vector[split] as number) <= (threshold[node] as number)
			const next = (isLeft ? left[node] : right[node]) as number
			byFeature[split] = (byFeature[split] as number) + (value[next] as number) - (value[node] as number)
			node = next
		}
	}
	return { base, byFeature }
}
