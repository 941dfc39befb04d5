export const RULE_ACTIONS = ['request_3ds', 'allow', 'block', 'review'] as const
export type RuleAction = (typeof RULE_ACTIONS)[number]

/** What a rule's own outcome is when it cannot be evaluated. Allowing in silence is no choice. */
export type OnUnknown = 'review' | 'block' | 'ignore'

export type JudgedRule = {
	readonly id: string
	readonly action: RuleAction
	readonly outcome: 'match' | 'no_match' | 'unknown'
	readonly onUnknown: OnUnknown
}

export type RulesDecision = {
	readonly requests3ds: boolean
	/** Null: no rule decides, the score does. */
	readonly decision: 'allow' | 'block' | 'review' | null
	/** The rules that led to it, those asking for 3DS included. */
	readonly because: readonly string[]
}

const NONE: RulesDecision = { requests3ds: false, decision: null, because: [] }

/** What a rule amounts to: its action, what it says when it cannot be evaluated, or nothing. */
function effectOf({ action, outcome, onUnknown }: JudgedRule): RuleAction | null {
	if (outcome === 'match') return action
	if (outcome === 'no_match' || onUnknown === 'ignore') return null
	return onUnknown
}

/**
 * In this order: asking for 3DS, which ends nothing; then allow, block, review, of which the first with a match decides.
 * Rules of one action have no order. A rule that could not be evaluated never allows.
 */
export function decideByRules(rules: readonly JudgedRule[]): RulesDecision {
	const by = (wanted: RuleAction) => rules.filter((rule) => effectOf(rule) === wanted).map(({ id }) => id)
	const asking = by('request_3ds')
	const requests3ds = asking.length > 0
	for (const decision of ['allow', 'block', 'review'] as const) {
		const because = by(decision)
		if (because.length > 0) return { requests3ds, decision, because: [...asking, ...because] }
	}
	return { ...NONE, requests3ds, because: asking }
}
