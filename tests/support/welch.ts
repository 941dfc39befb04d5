const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length

function varianceOfMean(values: readonly number[]): number {
	const middle = mean(values)
	const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
	return squares / (values.length - 1) / values.length
}

/** Welch's t of two samples: how far their means are apart, in units of what chance alone would do. */
export const welchT = (a: readonly number[], b: readonly number[]): number =>
	(mean(a) - mean(b)) / Math.sqrt(varianceOfMean(a) + varianceOfMean(b))
