import { averagePrecision, cardPrecision, rocAuc, type Judged } from './metrics.ts'

/** How a model did on payments after those it was trained on. Null: there was no fraud to find. */
export type ModelMetrics = {
	readonly payments: number
	readonly frauds: number
	readonly auc: number | null
	readonly ap: number | null
	/** The share of compromised cards among the 100 highest of each day. */
	readonly cp100: number | null
}

export const judgeModel = (rows: readonly Judged[]): ModelMetrics => ({
	payments: rows.length,
	frauds: rows.filter(({ fraud }) => fraud === 1).length,
	auc: rocAuc(rows),
	ap: averagePrecision(rows),
	cp100: cardPrecision(rows),
})

/** Weeks differ by this much for one and the same model: a smaller loss is no reason to keep the older one. */
const NOISE = 0.01

/**
 * Whether a new model may take over: judged on the same payments, it must not be worse at ranking frauds first. Without a
 * model in charge it must at least be better than chance.
 */
export function mayTakeOver(candidate: ModelMetrics, inCharge: ModelMetrics | null): boolean {
	if (candidate.ap === null || candidate.auc === null) return false
	if (inCharge === null || inCharge.ap === null) return candidate.auc > 0.5
	return candidate.ap >= inCharge.ap - NOISE
}
