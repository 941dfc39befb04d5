import { z } from 'zod'
import type { ADVICE, DECLINE_CLASSES } from '../domain/declines/standard-declines.ts'
import { METHOD_TYPES } from '../domain/methods/method-terms.ts'
import { RoutingRules, type RoutingRule } from '../domain/routing/rules.ts'
import { text } from './payment-requests.ts'

/** Payments a simulation looks at, at most. */
export const MOST_SIMULATED = 10_000

/** Body of PUT /api/v1/routing/rules. */
export const PutRoutingRules = z.strictObject({
	rules: RoutingRules,
	/** Switches them on; without it they are kept as the draft. */
	activate: z.boolean().default(false),
	/** Kept in the audit record when they are switched on. */
	reason: text(500).min(1).optional(),
})

/** Body of POST /api/v1/routing/simulate. */
export const SimulateRouting = z.strictObject({
	/** Default: the draft, or what is live. */
	rules: RoutingRules.optional(),
	/** The newest payments; without it those of yesterday (UTC). */
	last: z.int().min(1).max(MOST_SIMULATED).optional(),
})

/** One version of a merchant's rules. Times are Unix seconds. */
export type RuleSetView = {
	object: 'routing_rule_set'
	version: number
	status: 'draft' | 'live' | 'retired'
	revision: number
	rules: RoutingRule[]
	edited_by: string
	edited: number
	live_by: string | null
	live: number | null
}

export type RoutingRulesView = {
	object: 'routing_rules'
	live: RuleSetView | null
	draft: RuleSetView | null
}

/** Counts of the last 24 hours; technical failures are among the declined and the unanswered. */
export const GatewayView = z.object({
	object: z.literal('gateway'),
	name: z.string(),
	title: z.string(),
	state: z.enum(['live', 'test', 'sandbox', 'missing_key']),
	methods: z.array(z.object({ type: z.enum(METHOD_TYPES), currencies: z.number().int() })),
	last_24h: z.object({
		tries: z.number().int(),
		succeeded: z.number().int(),
		declined: z.number().int(),
		technical: z.number().int(),
	}),
	/** `open`: payments with a choice go elsewhere. `probe`: the next one may find out whether it is well again. */
	breaker: z.enum(['closed', 'open', 'probe']),
})
export type GatewayView = z.infer<typeof GatewayView>

/** Where payments went, and where they would go. Rates are 0..1; expected numbers of successes are not whole. */
export type SimulationView = {
	object: 'routing_simulation'
	/** Unix seconds; of the payments looked at. */
	from: number | null
	until: number | null
	payments: number
	/** Would have gone elsewhere, had each gateway known the card. */
	moved: number
	/** Of these, those whose card the other gateway did know. */
	known: number
	succeeded: number
	expected: number
	/** Moved to a gateway without a try in that time: counted as they went. */
	unmeasured: number
	rules: {
		/** Null: no rule fits. */
		id: string | null
		name: string | null
		payments: number
		moved: number
		succeeded: number
		expected: number
		to: { gateway: string; payments: number }[]
	}[]
	gateways: {
		name: string
		title: string
		payments: number
		succeeded: number
		rate: number | null
		would: number
	}[]
}

/** A row of the error map as a merchant sees it. */
export type DeclineRow = {
	gateway: string
	gatewayTitle: string
	code: string
	standard: string
	class: (typeof DECLINE_CLASSES)[number]
	words: string
	advice: (typeof ADVICE)[number]
	mayFallBack: boolean
	/** Never to be tried again: advice and fallback cannot be loosened. */
	isLocked: boolean
	changed: { by: string; at: number } | null
}

/** Everything /console/routing shows. */
export type RoutingView = {
	rules: RoutingRulesView
	history: RuleSetView[]
	gateways: GatewayView[]
	declines: DeclineRow[]
	mayEdit: boolean
}
