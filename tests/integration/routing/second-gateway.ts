import type { Env } from '#app/config/env.server.ts'
import type { Gateway, Gateways } from '#app/domain/gateways/ports.ts'
import { gatewaysOf } from '#app/gateways/gateways.server.ts'
import { createStripeGateway } from '#app/gateways/stripe/stripe.server.ts'
import type { RoutingRule } from '#app/domain/routing/rules.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import type { House } from '#tests/support/house.ts'

/** Another account at the same sandbox, under a name of its own: its methods come only as fallbacks. */
const second = (stripe: Gateway, name: string): Gateway => ({
	...stripe,
	name,
	title: name,
	ownsMethod: () => false,
	payments: { ...stripe.payments, name },
})

export function withSecond(env: Env): Gateways {
	const stripe = createStripeGateway({ ...env.worlds.test.stripe, livemode: false })
	return gatewaysOf([stripe, second(stripe, 'second'), second(stripe, 'third')])
}

export const rule = (gateways: string[], when: Partial<RoutingRule['when']> = {}): RoutingRule => ({
	id: 'rule_test1',
	name: 'Test rule',
	when: {
		currencies: [],
		amount: null,
		payer_countries: [],
		card_countries: [],
		method_types: [],
		...when,
	},
	then: { kind: 'order', gateways },
})

/** Rules that are live at once, as if they had been for long. */
export async function liveRules(house: House, rules: RoutingRule[]): Promise<void> {
	const merchantId = house.demo.merchantId
	await house.owner
		.updateTable('routing_rule_sets')
		.set({ status: 'retired' })
		.where('merchant_id', '=', merchantId)
		.execute()
	const { count } = await house.owner
		.selectFrom('routing_rule_sets')
		.select(({ fn }) => fn.countAll<bigint>().as('count'))
		.where('merchant_id', '=', merchantId)
		.executeTakeFirstOrThrow()
	await house.owner
		.insertInto('routing_rule_sets')
		.values({
			merchant_id: merchantId,
			version: Number.parseInt(count.toString(), 10) + 1,
			status: 'live',
			rules: JSON.stringify(rules),
			edited_by: 'test',
			live_by: 'test',
			live_at: new Date(),
		})
		.execute()
	house.services.routing.forget(merchantId)
}

/** Tries at a gateway in the last minutes, of a payment that is over. */
export async function pastTries(
	house: House,
	{
		gateway,
		status,
		count,
		paymentId,
	}: { gateway: string; status: 'succeeded' | 'unknown'; count: number; paymentId: string },
): Promise<void> {
	await house.owner
		.insertInto('payment_attempts')
		.values(
			Array.from({ length: count }, (_, index) => ({
				id: newId('att'),
				merchant_id: house.demo.merchantId,
				payment_id: paymentId,
				number: 1_000 + index,
				provider: gateway,
				status,
				request: '{}',
			})),
		)
		.execute()
}
