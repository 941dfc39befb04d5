import type { Env } from '../config/env.server.ts'
import type { WorldName } from '../config/worlds.server.ts'
import type { Gateway, Gateways } from '../domain/gateways/ports.ts'
import { createPayPal } from './paypal/paypal.server.ts'
import { createStripeGateway } from './stripe/stripe.server.ts'

/** The first is preferred, and takes what no other claims. */
export function gatewaysOf(all: readonly [Gateway, ...Gateway[]]): Gateways {
	const byName = new Map(all.map((gateway) => [gateway.name, gateway]))
	return {
		all,
		connected: all.filter(({ state }) => state !== 'missing_key'),
		find: (name) => byName.get(name),
		of(name) {
			const gateway = byName.get(name)
			if (!gateway) throw new Error(`there is no gateway ${name}`)
			return gateway
		},
		forMethod: (method) => all.find((gateway) => method !== null && gateway.ownsMethod(method)) ?? all[0],
	}
}

/** Every company this installation can move money of one world through: one line each. */
export const createGateways = ({ worlds }: Env, world: WorldName = 'test'): Gateways => {
	const { stripe, paypal, sandbox } = worlds[world]
	return gatewaysOf([
		createStripeGateway({ ...stripe, livemode: world === 'live' }),
		createPayPal({ ...paypal, sandboxOrigin: sandbox?.url ?? null }),
	])
}
