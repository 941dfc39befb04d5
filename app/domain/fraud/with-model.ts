import { decisionOf, type ScreeningReason, type ScreeningResult } from './screen-payment.ts'
import type { Thresholds } from './thresholds.ts'

/** What the model in charge says of a payment. */
export type ModelOpinion = {
	readonly modelId: string
	readonly logOdds: number
	readonly points: number
	/** The features that speak most for fraud, strongest first, and how much of the log-odds is theirs. */
	readonly strongest: readonly { readonly name: string; readonly words: string; readonly part: number }[]
}

/** Shares whole points among reasons by their part; what rounding leaves goes to the first. */
function shareOut(points: number, strongest: ModelOpinion['strongest']): ScreeningReason[] {
	const total = strongest.reduce((sum, { part }) => sum + part, 0)
	const shares = strongest.map(({ part }) => Math.floor((points * part) / total))
	const rest = points - shares.reduce((sum, share) => sum + share, 0)
	return strongest.map(({ name, words }, index) => ({
		code: `model_${name}`,
		message: words,
		points: (shares[index] as number) + (index === 0 ? rest : 0),
	}))
}

/**
 * The rules' score, lifted to that of the model where it is more suspicious; the model never makes a payment look more
 * harmless. Without a reason that can be named it lifts nothing.
 */
export function withModel(
	rules: ScreeningResult,
	opinion: ModelOpinion | null,
	thresholds: Thresholds,
): ScreeningResult {
	const lift = opinion === null ? 0 : opinion.points - rules.score
	const added = opinion !== null && lift > 0 ? shareOut(lift, opinion.strongest) : []
	const score = rules.score + added.reduce((sum, { points }) => sum + points, 0)
	const reasons = [...rules.reasons, ...added].sort((a, b) => b.points - a.points)
	return { score, decision: decisionOf(score, reasons, thresholds), reasons }
}
