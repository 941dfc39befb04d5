import type { Kysely } from 'kysely'
import { readGatewayTotals } from '#db/queries/gateway-health.ts'
import type { DB } from '#db/schema.ts'
import type { GatewayView } from '../contracts/routing.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import { breakerOf, type GatewayHealth } from '../domain/routing/breaker.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	gateways: Gateways
	/** As every merchant's payments show it. */
	gatewayHealth: () => Promise<ReadonlyMap<string, GatewayHealth>>
}

/** Every gateway of this installation, and how it does for this merchant. */
export async function presentGateways(
	{ db, clock, gateways, gatewayHealth }: Deps,
	merchantId: string,
): Promise<GatewayView[]> {
	const [totals, health] = await Promise.all([readGatewayTotals(db, merchantId), gatewayHealth()])
	return gateways.all.map(({ name, title, state, methods }) => ({
		object: 'gateway',
		name,
		title,
		state,
		methods: methods.map(({ type, limits }) => ({ type, currencies: Object.keys(limits).length })),
		last_24h: totals.get(name) ?? { tries: 0, succeeded: 0, declined: 0, technical: 0 },
		breaker: breakerOf(health.get(name), clock.now()),
	}))
}
