import { enterWorld } from '#app/commands/people/enter-world.server.ts'
import { hashOfKey, newApiKey } from '#app/credentials/api-key-text.server.ts'
import { createStripeGateway } from '#app/gateways/stripe/stripe.server.ts'
import { gatewaysOf } from '#app/gateways/gateways.server.ts'
import { inTransaction } from '#db/client.ts'
import type { House, HouseOptions } from '#tests/support/house.ts'

export const LIVE_WEBHOOK_SECRET = 'whsec_live_0123456789abcdef'

/** Stripe for live money, played by the sandbox, which knows no difference but the one the house makes. */
export const LIVE_STRIPE: Pick<HouseOptions, 'liveGateways'> = {
	liveGateways: ({ worlds }) =>
		gatewaysOf([
			createStripeGateway({
				...worlds.test.stripe,
				state: 'live',
				webhookSecrets: [LIVE_WEBHOOK_SECRET],
				livemode: true,
			}),
		]),
}

export type LiveWorld = { merchantId: string; headers: { authorization: string } }

/** The live world of the demo's business, and a secret key of it. */
export async function openLiveWorld({ services, demo }: House): Promise<LiveWorld> {
	const { id, key } = newApiKey(true)
	const merchantId = await inTransaction(services.db, async (tx) => {
		const world = { accountId: demo.merchantId, livemode: true, actor: 'job:test' }
		const made = await enterWorld(tx, world)
		await tx
			.insertInto('api_keys')
			.values({ id, merchant_id: made, kind: 'secret', key_hash: hashOfKey(key), hint: '…live' })
			.execute()
		return made
	})
	return { merchantId, headers: { authorization: `Bearer ${key}` } }
}
