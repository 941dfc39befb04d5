import type { Tx } from '#db/client.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { MethodSetting } from '../../domain/methods/method-settings.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { candidatesOf, type Candidates } from '../../domain/routing/candidates.ts'
import { chooseRoute } from '../../domain/routing/choose-route.ts'
import type { Route } from '../../domain/routing/route.ts'
import { shareOf } from '../../domain/routing/share-of.ts'
import type { RoutingMemory } from './routing-memory.server.ts'

export type RoutingDeps = { clock: { now(): Date }; gateways: Gateways; routing: RoutingMemory }

export type ToRoute = {
	payment: PaymentRow
	methodType: MethodType | null
	cardCountry: string | null
	/** Held now, taken later. */
	isHeld: boolean
	/** What the merchant decided about methods. */
	settings: readonly MethodSetting[]
}

export type Routed = { gateway: string; route: Route | null }

const ownCandidates = (deps: RoutingDeps, { payment, methodType, isHeld, settings }: ToRoute): Candidates =>
	candidatesOf(
		{
			gateway: payment.gateway,
			method: payment.payment_method ?? '',
			fallbacks: payment.fallback_methods,
			methodType,
			currency: payment.currency,
			amountMinor: payment.amount_minor,
			payerCountry: payment.client_country,
			isHeld,
		},
		{ gateways: deps.gateways.all, settings },
	)

/**
 * Step: the gateway of each payment that is about to be charged, and why. Only payments with a choice cost a read,
 * and that at most once in two seconds.
 */
export async function routePayments(
	tx: Tx,
	deps: RoutingDeps,
	items: readonly ToRoute[],
): Promise<ReadonlyMap<string, Routed>> {
	const routed = new Map<string, Routed>(
		items.map(({ payment }) => [payment.id, { gateway: payment.gateway, route: null }]),
	)
	const choices = items
		.filter(({ payment }) => Object.keys(payment.fallback_methods).length > 0)
		.map((item) => ({ item, candidates: ownCandidates(deps, item) }))
		.filter(({ item, candidates: { able } }) => able.some(({ gateway }) => gateway !== item.payment.gateway))
	if (choices.length === 0) return routed
	const rules = await deps.routing.rulesOf(tx, [
		...new Set(choices.map(({ item }) => item.payment.merchant_id)),
	])
	const health = await deps.routing.health(tx)
	const now = deps.clock.now()
	for (const { item, candidates } of choices) {
		const { payment, methodType, cardCountry } = item
		const route = chooseRoute({
			ruleSet: rules.get(payment.merchant_id) ?? null,
			facts: {
				currency: payment.currency,
				amountMinor: payment.amount_minor,
				payerCountry: payment.client_country,
				cardCountry,
				methodType,
			},
			able: candidates.able.map(({ gateway }) => gateway),
			unable: candidates.unable,
			health,
			share: shareOf(payment.id),
			now,
		})
		const [gateway = payment.gateway] = route.order
		deps.routing.started(gateway, now)
		routed.set(payment.id, { gateway, route })
	}
	return routed
}
