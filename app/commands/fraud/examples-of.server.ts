import type { Example } from '#db/queries/fraud-decisions.ts'
import { scoreRaw, type Model } from '../../domain/fraud/model/model.ts'
import type { Examples } from '../../domain/fraud/model/examples.ts'
import { recencyWeight } from '../../domain/fraud/model/recency.ts'
import type { Judged } from '../../domain/fraud/model/metrics.ts'

const DAY_MS = 86_400_000

/** In memory another thread can read without a copy; the later a payment, the more it counts. */
export function examplesOf(rows: readonly Example[], width: number, until: Date): Examples {
	const shared = (bytes: number) => new SharedArrayBuffer(bytes)
	const values = new Float32Array(shared(4 * width * rows.length))
	const labels = new Uint8Array(shared(rows.length))
	const weights = new Float64Array(shared(8 * rows.length))
	rows.forEach(({ vector, is_fraud: isFraud, at }, row) => {
		values.set(vector, row * width)
		labels[row] = isFraud ? 1 : 0
		weights[row] = recencyWeight(until.getTime() - at.getTime())
	})
	return { width, values, labels, weights }
}

/** Payments without a card are cards of their own. */
export const judgedBy = (model: Model, rows: readonly Example[]): Judged[] =>
	rows.map(({ vector, is_fraud: isFraud, payer, at }, row) => ({
		score: scoreRaw(model, Float32Array.from(vector)),
		fraud: isFraud ? 1 : 0,
		card: payer ?? `no card ${row}`,
		day: Math.floor(at.getTime() / DAY_MS),
	}))
