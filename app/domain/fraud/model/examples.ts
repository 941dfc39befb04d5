/** Feature vectors one after the other, each with what became of its payment. The order is part of the training data. */
export type Examples = {
	/** Features per vector. */
	readonly width: number
	/** 32 bits, as they are stored with a decision: training and scoring see the same numbers. Never NaN. */
	readonly values: Float32Array
	/** 1 = fraud. */
	readonly labels: Uint8Array
	/** How much each example counts. */
	readonly weights: Float64Array
}

export const countOf = ({ labels }: Examples): number => labels.length

export const fraudsIn = ({ labels }: Examples): number => labels.reduce((sum, label) => sum + label, 0)

/** Every comparison with NaN is false: it would go one way in training and the other in scoring. */
export function refuseNaN({ values, width }: Examples): void {
	const at = values.findIndex(Number.isNaN)
	if (at >= 0) throw new Error(`example ${Math.floor(at / width)} has no number for feature ${at % width}`)
}
