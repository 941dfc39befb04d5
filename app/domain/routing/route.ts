import { z } from 'zod'

export const SKIP_REASONS = [
	'no_token',
	'needs_payer',
	'not_connected',
	'switched_off',
	'method_not_taken',
	'currency_not_taken',
	'amount_not_taken',
	'country_not_taken',
	'cannot_hold',
	'not_in_rule',
	'breaker_open',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

const Skipped = z.object({ gateway: z.string(), why: z.enum(SKIP_REASONS) })
export type Skipped = z.output<typeof Skipped>

/** Why an attempt went where it went; kept with it. */
export const Route = z.object({
	/** The rule that decided; null = none did, and the order of preference holds. */
	rule: z.object({ id: z.string(), name: z.string(), version: z.number().int() }).nullable(),
	/** Gateways to ask, this attempt's own first; the others are asked after a proven decline. */
	order: z.array(z.string()).min(1),
	skipped: z.array(Skipped),
	/** `probe`: sent there to see whether it is well again. `all_open`: nobody was well. */
	health: z.enum(['well', 'probe', 'all_open']),
	/** The try before, when this one is its fallback. */
	after: z.object({ attempt: z.string(), gateway: z.string(), standard_code: z.string() }).nullable(),
})
export type Route = z.output<typeof Route>

/** The route of a stored attempt; null when there was no choice. */
export function routeFromJson(stored: unknown): Route | null {
	const parsed = Route.safeParse(stored)
	return parsed.success ? parsed.data : null
}

const SKIP_WORDS: Record<SkipReason, string> = {
	no_token: 'does not know this card',
	needs_payer: 'would need the payer again',
	not_connected: 'is not connected',
	switched_off: 'has this way of paying switched off',
	method_not_taken: 'does not take this way of paying',
	currency_not_taken: 'does not take this currency',
	amount_not_taken: 'does not take this amount',
	country_not_taken: 'does not take payers of this country',
	cannot_hold: 'cannot hold money for later',
	not_in_rule: 'not named by the rule',
	breaker_open: 'had too much trouble in the last minutes',
}

/** The reason as people read it; `titleOf` names gateways as people call them. */
export function routeWords(route: Route, titleOf: (gateway: string) => string): string {
	const [chosen = ''] = route.order
	const why = route.after
		? `${titleOf(chosen)} after the decline ${route.after.standard_code} at ${titleOf(route.after.gateway)}`
		: route.rule
			? `${titleOf(chosen)} by rule “${route.rule.name}” (version ${route.rule.version})`
			: `${titleOf(chosen)}: no rule fits, the usual order holds`
	const health =
		route.health === 'probe'
			? ', to see whether it is well again'
			: route.health === 'all_open'
				? ', although every gateway had trouble'
				: ''
	const skipped = route.skipped.map(({ gateway, why: reason }) => `${titleOf(gateway)} ${SKIP_WORDS[reason]}`)
	return `${why}${health}.${skipped.length > 0 ? ` Passed over: ${skipped.join('; ')}.` : ''}`
}
