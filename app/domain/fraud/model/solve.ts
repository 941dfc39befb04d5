/** Solves `a · x = b` for a symmetric positive definite `a`, row by row in one array, which is overwritten (Cholesky). */
export function solve(a: Float64Array, b: Float64Array): Float64Array {
	const n = b.length
	const at = (row: number, column: number): number => a[row * n + column] as number
	for (let j = 0; j < n; j++) {
		for (let i = j; i < n; i++) {
			let sum = at(i, j)
			for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
			a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(j, j)
		}
	}
	const x = Float64Array.from(b)
	for (let i = 0; i < n; i++) {
		let sum = x[i] as number
		for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] as number)
		x[i] = sum / at(i, i)
	}
	for (let i = n - 1; i >= 0; i--) {
		let sum = x[i] as number
		for (let k = i + 1; k < n; k++) sum -= at(k, i) * (x[k] as number)
		x[i] = sum / at(i, i)
	}
	return x
}
