import type { MethodType } from '../methods/method-terms.ts'
import type { MethodSetting } from '../methods/method-settings.ts'
import type { OfferingGateway } from '../methods/offer-methods.ts'
import { candidatesOf } from './candidates.ts'
import { chooseRoute, type RuleSet } from './choose-route.ts'
import { shareOf } from './share-of.ts'

/** A payment as it was charged first. */
export type PastPayment = {
	readonly id: string
	readonly currency: string
	readonly amountMinor: bigint
	readonly payerCountry: string | null
	readonly cardCountry: string | null
	readonly methodType: MethodType | null
	readonly isHeld: boolean
	readonly gateway: string
	/** Other gateways that knew its card. */
	readonly knownBy: readonly string[]
	readonly succeeded: boolean
}

type Terms = { gateways: readonly OfferingGateway[]; settings: readonly MethodSetting[] }

type RuleTotals = {
	rule: { id: string; name: string } | null
	payments: number
	moved: number
	succeeded: number
	expected: number
	to: Map<string, number>
}
type GatewayTotals = { payments: number; succeeded: number; would: number }

export type Simulation = {
	moved: number
	known: number
	succeeded: number
	expected: number
	unmeasured: number
	rules: RuleTotals[]
	gateways: Map<string, GatewayTotals>
}

/** Where a payment would go if every gateway were well and knew its card. */
function wouldGo(payment: PastPayment, ruleSet: RuleSet, terms: Terms) {
	const fallbacks = Object.fromEntries(terms.gateways.map(({ name }) => [name, payment.id]))
	const { able, unable } = candidatesOf({ ...payment, method: payment.id, fallbacks }, terms)
	if (able.length === 0) return { gateway: payment.gateway, rule: null }
	const route = chooseRoute({
		ruleSet,
		facts: payment,
		able: able.map(({ gateway }) => gateway),
		unable,
		health: new Map(),
		share: shareOf(payment.id),
		now: new Date(0),
	})
	return { gateway: route.order[0] ?? payment.gateway, rule: route.rule }
}

const entryOf = <Key, Value>(map: Map<Key, Value>, key: Key, fresh: () => Value): Value => {
	const known = map.get(key)
	if (known !== undefined) return known
	const value = fresh()
	map.set(key, value)
	return value
}

/** Holds rules against past payments: a payment that would have moved counts as often as its new gateway succeeded then. */
export function simulateRules(payments: readonly PastPayment[], ruleSet: RuleSet, terms: Terms): Simulation {
	const gateways = new Map<string, GatewayTotals>()
	const gatewayOf = (name: string) => entryOf(gateways, name, () => ({ payments: 0, succeeded: 0, would: 0 }))
	for (const { gateway, succeeded } of payments) {
		const totals = gatewayOf(gateway)
		totals.payments += 1
		if (succeeded) totals.succeeded += 1
	}
	const rules = new Map<string | null, RuleTotals>()
	const result = { moved: 0, known: 0, succeeded: 0, expected: 0, unmeasured: 0 }
	for (const payment of payments) {
		const { gateway, rule } = wouldGo(payment, ruleSet, terms)
		const target = gatewayOf(gateway)
		const actual = payment.succeeded ? 1 : 0
		const hasMoved = gateway !== payment.gateway
		const isMeasured = target.payments > 0
		const expected = hasMoved && isMeasured ? target.succeeded / target.payments : actual
		target.would += 1
		result.succeeded += actual
		result.expected += expected
		if (hasMoved) result.moved += 1
		if (hasMoved && payment.knownBy.includes(gateway)) result.known += 1
		if (hasMoved && !isMeasured) result.unmeasured += 1
		const totals = entryOf(rules, rule?.id ?? null, () => ({
			rule,
			payments: 0,
			moved: 0,
			succeeded: 0,
			expected: 0,
			to: new Map<string, number>(),
		}))
		totals.payments += 1
		totals.moved += hasMoved ? 1 : 0
		totals.succeeded += actual
		totals.expected += expected
		totals.to.set(gateway, (totals.to.get(gateway) ?? 0) + 1)
	}
	const order = [...ruleSet.rules.map(({ id }) => id), null]
	return { ...result, rules: order.flatMap((id) => rules.get(id) ?? []), gateways }
}
