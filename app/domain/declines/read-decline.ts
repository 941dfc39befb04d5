import {
	isNeverAgain,
	STANDARD_DECLINES,
	type Advice,
	type DeclineClass,
	type StandardCode,
} from './standard-declines.ts'

/** What one code of a gateway means. */
export type DeclineEntry = { readonly code: string; readonly standard: StandardCode }

/** What a merchant changed about one code of a gateway; null leaves the default. */
export type DeclineOverride = {
	readonly code: string
	readonly words: string | null
	readonly advice: Advice | null
	readonly mayFallBack: boolean | null
}

export type DeclineVerdict = {
	readonly standard: StandardCode
	readonly class: DeclineClass
	readonly advice: Advice
	readonly mayFallBack: boolean
	readonly words: string
}

export type GatewayDecline = {
	readonly code: string
	readonly declineCode: string | null
	readonly message: string
}

/** Codes whose own message says more than ours can: it speaks to whoever built the integration. */
const SPEAKS_FOR_ITSELF: ReadonlySet<StandardCode> = new Set(['invalid_request'])

/** Ours, not a gateway's: the payer would not say yes and chose to pay another way. */
export const CANCELED_BY_PAYER = 'canceled_by_payer'

/** Standard meaning first, then what the merchant changed, except where changing it is refused. */
export function applyOverride(standard: StandardCode, override: DeclineOverride | undefined): DeclineVerdict {
	const verdict: DeclineVerdict = { standard, ...STANDARD_DECLINES[standard] }
	if (!override) return verdict
	const worded = { ...verdict, words: override.words ?? verdict.words }
	if (isNeverAgain(standard)) {
		const advice = override.advice === 'retry_same' ? null : override.advice
		return { ...worded, advice: advice ?? verdict.advice, mayFallBack: false }
	}
	return {
		...worded,
		advice: override.advice ?? verdict.advice,
		mayFallBack: override.mayFallBack ?? verdict.mayFallBack,
	}
}

/** The more specific decline code wins over the error code. A code nobody has listed is a decline that ends the try. */
export function readDecline(
	entries: readonly DeclineEntry[],
	overrides: readonly DeclineOverride[],
	{ code, declineCode, message }: GatewayDecline,
): DeclineVerdict {
	if (code === CANCELED_BY_PAYER)
		return { standard: 'payer_canceled', ...STANDARD_DECLINES.payer_canceled, words: message }
	const entry =
		entries.find((candidate) => candidate.code === declineCode) ??
		entries.find((candidate) => candidate.code === code)
	if (!entry) return { standard: 'declined', ...STANDARD_DECLINES.declined, words: message }
	const override = overrides.find((candidate) => candidate.code === entry.code)
	const verdict = applyOverride(entry.standard, override)
	const isOwn = SPEAKS_FOR_ITSELF.has(entry.standard) && override?.words == null
	return isOwn ? { ...verdict, words: message } : verdict
}
