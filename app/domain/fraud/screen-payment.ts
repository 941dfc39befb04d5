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

export const REVIEW_FROM_SCORE = 65
export const BLOCK_FROM_SCORE = 85
/** 5,000 US dollars: above it a person looks before the money is taken. */
export const REVIEW_ABOVE_USD_CENTS = 500_000n

type Rule = (facts: ScreeningFacts) => ScreeningReason | null

const above = (count: number, limit: number, points: number, code: string, message: string) =>
	count > limit ? { code, message: message.replace('#', String(count)), points } : null

const RULES: readonly Rule[] = [
	({ blocked }) =>
		blocked.length > 0
			? { code: 'block_list', message: `On your block list: ${blocked.join(', ')}`, points: 99 }
			: null,
	({ usdCents }) =>
		usdCents !== null && usdCents > REVIEW_ABOVE_USD_CENTS
			? { code: 'amount_above_5000_usd', message: 'Amount above 5,000 USD or its equivalent', points: 65 }
			: null,
	({ usdCents }) =>
		usdCents === null
			? { code: 'no_reference_rate', message: 'No reference rate for this currency', points: 65 }
			: null,
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

/** Adds up the rules that match. A pure function of its facts: the same facts always give the same decision. */
export function screenPayment(facts: ScreeningFacts): ScreeningResult {
	const reasons = RULES.flatMap((rule) => rule(facts) ?? []).sort((a, b) => b.points - a.points)
	const score = Math.min(
		99,
		reasons.reduce((sum, reason) => sum + reason.points, 0),
	)
	const decision = score >= BLOCK_FROM_SCORE ? 'block' : score >= REVIEW_FROM_SCORE ? 'review' : 'allow'
	return { score, decision, reasons }
}
