import { USUAL_THRESHOLDS, type Thresholds } from './thresholds.ts'

/** What screening knows of a payment. Null means unknown, and unknown is never read as harmless or as harmful. */
export type ScreeningFacts = {
	/** Rough worth in US cents; null for a currency without a reference rate. */
	usdCents: bigint | null
	/** Payments of the same merchant before this one, in the hour before it. */
	cardLastHour: number
	emailLastHour: number
	ipLastHour: number
	/** Declines of the same card in the last day. */
	cardDeclinesLastDay: number
	/** Different cards seen from this IP address in the last hour. */
	cardsPerIpLastHour: number
	cardCountry: string | null
	ipCountry: string | null
	/** Entries of the block list this payment matches. */
	blocked: readonly ('card' | 'email' | 'ip')[]
}

export type ScreeningReason = { readonly code: string; readonly message: string; readonly points: number }
export type ScreeningDecision = 'allow' | 'review' | 'block'
export type ScreeningResult = {
	readonly score: number
	readonly decision: ScreeningDecision
	readonly reasons: readonly ScreeningReason[]
}

export const { reviewFrom: REVIEW_FROM_SCORE, blockFrom: BLOCK_FROM_SCORE } = USUAL_THRESHOLDS
const HIGHEST_SCORE = 99
/** 5,000 US dollars: above it a person looks before the money is taken. */
export const REVIEW_ABOVE_USD_CENTS = 500_000n

type Rule = (facts: ScreeningFacts) => ScreeningReason | null

const above = (count: number, limit: number, points: number, code: string, message: string) =>
	count > limit ? { code, message: message.replace('#', String(count)), points } : null

/** Signs of misuse: their points add up. */
const SIGNS: readonly Rule[] = [
	({ cardLastHour }) =>
		above(cardLastHour, 4, 35, 'card_velocity', 'This card was used # times in the last hour'),
	({ emailLastHour }) =>
		above(emailLastHour, 4, 20, 'email_velocity', 'This e-mail address paid # times in the last hour'),
	({ ipLastHour }) =>
		above(ipLastHour, 9, 20, 'ip_velocity', '# payments from this IP address in the last hour'),
	({ cardsPerIpLastHour }) =>
		above(cardsPerIpLastHour, 3, 30, 'many_cards_one_ip', '# cards from this IP address in the last hour'),
	({ cardDeclinesLastDay }) =>
		above(cardDeclinesLastDay, 2, 25, 'card_declines', 'This card was declined # times in the last day'),
	({ cardCountry, ipCountry }) =>
		cardCountry !== null && ipCountry !== null && cardCountry !== ipCountry
			? {
					code: 'country_mismatch',
					message: `Card issued in ${cardCountry}, payer in ${ipCountry}`,
					points: 25,
				}
			: null,
]

type Limit = { code: string; message: string; isPassed: (facts: ScreeningFacts) => boolean }

/** Sizes a person should look at. They lift the score to a review, and never add up to a block: size is no sign of misuse. */
const LIMITS: readonly Limit[] = [
	{
		code: 'amount_above_5000_usd',
		message: 'Amount above 5,000 USD or its equivalent',
		isPassed: ({ usdCents }) => usdCents !== null && usdCents > REVIEW_ABOVE_USD_CENTS,
	},
	{
		code: 'no_reference_rate',
		message: 'No reference rate for this currency',
		isPassed: ({ usdCents }) => usdCents === null,
	},
]

/** What these reasons decide at least, wherever a merchant's thresholds lie. */
const LEAST: Readonly<Record<string, ScreeningDecision>> = {
	block_list: 'block',
	...Object.fromEntries(LIMITS.map(({ code }) => [code, 'review'])),
}

const SEVERITY: readonly ScreeningDecision[] = ['allow', 'review', 'block']

/** What a score means to a merchant. */
export function decisionOf(
	score: number,
	reasons: readonly ScreeningReason[],
	{ reviewFrom, blockFrom }: Thresholds,
): ScreeningDecision {
	const byScore = score >= blockFrom ? 'block' : score >= reviewFrom ? 'review' : 'allow'
	const least = reasons.map(({ code }) => SEVERITY.indexOf(LEAST[code] ?? 'allow'))
	return SEVERITY[Math.max(SEVERITY.indexOf(byScore), ...least)] ?? byScore
}

const sum = (reasons: readonly ScreeningReason[]): number =>
	reasons.reduce((total, { points }) => total + points, 0)

/** Adds up the signs and applies the limits. Pure: the same facts always give the same decision. */
export function screenPayment(facts: ScreeningFacts): ScreeningResult {
	const reasons = SIGNS.flatMap((rule) => rule(facts) ?? [])
	for (const { code, message, isPassed } of LIMITS) {
		if (isPassed(facts))
			reasons.push({ code, message, points: Math.max(0, REVIEW_FROM_SCORE - sum(reasons)) })
	}
	if (facts.blocked.length > 0) {
		const message = `On your block list: ${facts.blocked.join(', ')}`
		reasons.push({ code: 'block_list', message, points: HIGHEST_SCORE })
	}
	const score = Math.min(HIGHEST_SCORE, sum(reasons))
	const decision = decisionOf(score, reasons, USUAL_THRESHOLDS)
	return { score, decision, reasons: reasons.sort((a, b) => b.points - a.points) }
}
