import { breakerOf, type BreakerState, type GatewayHealth } from './breaker.ts'
import type { Route, Skipped } from './route.ts'
import { gatewaysOf, meetsConditions, type RoutingFacts, type RoutingRule } from './rules.ts'

export type RuleSet = { readonly version: number; readonly rules: readonly RoutingRule[] }

export type RouteQuestion = {
	readonly ruleSet: RuleSet | null
	readonly facts: RoutingFacts
	/** Gateways that could charge it, the usual one first; never empty. */
	readonly able: readonly string[]
	readonly unable: readonly Skipped[]
	readonly health: ReadonlyMap<string, GatewayHealth>
	/** From 0 up to 1, the payment's own for good: picks within a split. */
	readonly share: number
	readonly now: Date
}

/** Shares of gateways that are left keep their proportions. */
function pickByShare(
	shares: readonly { gateway: string; percent: number }[],
	isLeft: (gateway: string) => boolean,
	share: number,
): string | undefined {
	const left = shares.filter(({ gateway }) => isLeft(gateway))
	const mark = share * left.reduce((sum, { percent }) => sum + percent, 0)
	let passed = 0
	return left.find(({ percent }) => (passed += percent) > mark)?.gateway
}

type Ranking = { order: string[]; health: Route['health'] }

function rank(
	rule: RoutingRule | null,
	listed: readonly string[],
	stateOf: (gateway: string) => BreakerState,
	share: number,
): Ranking {
	const mayStart = (gateway: string) => listed.includes(gateway) && stateOf(gateway) !== 'open'
	const first =
		rule?.then.kind === 'split' ? pickByShare(rule.then.shares, mayStart, share) : listed.find(mayStart)
	if (first === undefined) return { order: [...listed], health: 'all_open' }
	const others = listed.filter((gateway) => gateway !== first && stateOf(gateway) === 'closed')
	return { order: [first, ...others], health: stateOf(first) === 'probe' ? 'probe' : 'well' }
}

/**
 * Which gateways to ask, in what order, and why. Pure: the same question gives the same route. A rule none of whose
 * gateways could charge the payment is passed over. When no gateway is well the first is asked all the same.
 */
export function chooseRoute(question: RouteQuestion): Route {
	const { ruleSet, facts, able, unable, health, share, now } = question
	const rule =
		ruleSet?.rules.find(
			(candidate) =>
				meetsConditions(candidate, facts) && gatewaysOf(candidate).some((gateway) => able.includes(gateway)),
		) ?? null
	const listed = rule ? gatewaysOf(rule).filter((gateway) => able.includes(gateway)) : able
	const ranking = rank(rule, listed, (gateway) => breakerOf(health.get(gateway), now), share)
	const passedOver = able
		.filter((gateway) => !ranking.order.includes(gateway))
		.map((gateway): Skipped => ({ gateway, why: listed.includes(gateway) ? 'breaker_open' : 'not_in_rule' }))
	return {
		rule: rule && ruleSet && { id: rule.id, name: rule.name, version: ruleSet.version },
		order: ranking.order,
		skipped: [...passedOver, ...unable],
		health: ranking.health,
		after: null,
	}
}
