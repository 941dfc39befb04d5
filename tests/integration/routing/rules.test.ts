import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PAYPAL_DECLINES } from '#app/gateways/paypal/decline-codes.ts'
import { STRIPE_DECLINES } from '#app/gateways/stripe/decline-codes.ts'
import { createRoutingMemory } from '#app/commands/routing/routing-memory.server.ts'
import { isNeverAgain, STANDARD_CODES } from '#app/domain/declines/standard-declines.ts'
import { listAttempts } from '#db/queries/attempts.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { chargedPayment, paymentOf, runNow, takePayment } from '#tests/integration/payments/by-hand.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { liveRules, pastTries, rule, withSecond } from './second-gateway.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, gateways: withSecond })
})
afterAll(() => house.close())
beforeEach(() => liveRules(house, []))

const fields = { fallback_payment_methods: { second: 'pm_card_visa' } }
const routeOf = async (id: string) => (await listAttempts(house.services.db, id))[0]?.route

test('the rule that fits sends the payment, and the attempt keeps why', async () => {
	await liveRules(house, [
		rule(['second', 'stripe'], { amount: { currency: 'eur', min: 1_000, max: 2_000 } }),
	])
	const id = await chargedPayment(house, fields)
	expect(await paymentOf(house, id)).toMatchObject({
		status: 'succeeded',
		gateway: 'second',
		fallback_methods: { stripe: 'pm_card_visa' },
	})
	expect(await routeOf(id)).toMatchObject({
		rule: { id: 'rule_test1', name: 'Test rule' },
		order: ['second', 'stripe'],
		skipped: [{ gateway: 'third', why: 'no_token' }],
	})
	const elsewhere = await chargedPayment(house, { ...fields, amount: 2_001 })
	expect(await routeOf(elsewhere)).toMatchObject({ rule: null, order: ['stripe', 'second'] })
})

test('the card’s country is known when the rules are read', async () => {
	await liveRules(house, [rule(['second'], { card_countries: ['DE'] })])
	const german = await chargedPayment(house, { ...fields, payment_method: 'pm_card_de' })
	expect(await routeOf(german)).toMatchObject({ rule: { id: 'rule_test1' }, order: ['second'] })
	expect(await routeOf(await chargedPayment(house, fields))).toMatchObject({ rule: null })
})

test('a payment without a choice reads no rules and keeps no route', async () => {
	const asked: string[] = []
	const { rulesOf, health } = house.services.routing
	Object.assign(house.services.routing, {
		rulesOf: (...args: Parameters<typeof rulesOf>) => (asked.push('rules'), rulesOf(...args)),
		health: (...args: Parameters<typeof health>) => (asked.push('health'), health(...args)),
	})
	const id = await chargedPayment(house)
	expect(await routeOf(id)).toBeNull()
	expect(asked).toEqual([])
	await chargedPayment(house, fields)
	expect(asked).toEqual(['rules', 'health'])
	Object.assign(house.services.routing, { rulesOf, health })
})

test('health is read once for all payments of a moment', async () => {
	let time = 0
	const memory = createRoutingMemory(false, () => time)
	const first = await memory.health(house.services.db)
	expect(await memory.health(house.services.db)).toBe(first)
	time = 60_000
	expect(await memory.health(house.services.db)).not.toBe(first)
})

test('a gateway with trouble in the last minutes is passed over', async () => {
	const before = await chargedPayment(house, { amount: 700, payment_method: 'pm_card_visa' })
	await pastTries(house, { gateway: 'stripe', status: 'unknown', count: 60, paymentId: before })
	const well = await openHouse({ worker: false, webhooks: false, gateways: withSecond, beside: house })
	try {
		const id = await takePayment(well, fields)
		await runNow(well, processPayment)
		expect(await routeOf(id)).toMatchObject({
			order: ['second'],
			skipped: [{ gateway: 'stripe', why: 'breaker_open' }, { gateway: 'third' }],
		})
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'second' })
	} finally {
		await well.close()
		await house.owner.deleteFrom('payment_attempts').where('number', '>=', 1_000).execute()
	}
})

test.each([
	[{ nowhere: 'pm_1' }, 'fallback_payment_methods.nowhere'],
	[{ stripe: 'pm_1' }, 'fallback_payment_methods.stripe'],
	[{ second: '' }, 'fallback_payment_methods.second'],
	[['pm_1'], 'fallback_payment_methods'],
])('fallback methods %j are refused by name', async (fallback_payment_methods, param) => {
	const { status, body } = await house.call('POST', '/api/v1/payments', {
		amount: 500,
		currency: 'eur',
		payment_method: 'pm_card_visa',
		fallback_payment_methods,
	})
	expect(status).toBe(400)
	expect(body['error']).toMatchObject({ param })
})

test('without a method of its own a payment takes no fallbacks', async () => {
	const { body } = await house.call('POST', '/api/v1/payments', {
		amount: 500,
		currency: 'eur',
		...fields,
	})
	expect(body['error']).toMatchObject({ param: 'payment_method' })
})

const override = (values: { gateway: string; code: string; standard_code: string; change: object }) =>
	sql`insert into decline_overrides select * from jsonb_populate_record(null::decline_overrides, ${JSON.stringify(
		{
			merchant_id: house.demo.merchantId,
			edited_by: 'test',
			edited_at: new Date(),
			...values,
			...values.change,
		},
	)}::jsonb)`.execute(house.owner)

const NEVER = [
	...STANDARD_CODES.filter(isNeverAgain).map((standard_code) => ({
		gateway: 'stripe',
		code: 'x',
		standard_code,
	})),
	// Under a false flag as well.
	...[...STRIPE_DECLINES, ...PAYPAL_DECLINES]
		.filter(({ standard }) => isNeverAgain(standard))
		.map(({ code }) => ({ gateway: 'any', code, standard_code: 'processing_error' })),
]

test.each([{ may_fall_back: true }, { advice: 'retry_same' }])(
	'the database refuses %j for lost, stolen and suspected cards',
	async (change) => {
		expect(NEVER.length).toBeGreaterThan(15)
		for (const values of NEVER) {
			await expect(override({ ...values, change }), values.code).rejects.toMatchObject({
				constraint: 'decline_overrides_never_again',
			})
		}
	},
)

test('a merchant’s words and advice reach the payment', async () => {
	await override({
		gateway: 'stripe',
		code: 'insufficient_funds',
		standard_code: 'insufficient_funds',
		change: { words: 'Not enough money there. Nothing was charged.', advice: 'other_method' },
	})
	house.services.routing.forget(house.demo.merchantId)
	const id = await chargedPayment(house, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds' })
	const { body } = await house.call('GET', `/api/v1/payments/${id}`)
	expect(body['last_payment_error']).toEqual({
		type: 'card_error',
		code: 'card_declined',
		decline_code: 'insufficient_funds',
		standard_code: 'insufficient_funds',
		message: 'Not enough money there. Nothing was charged.',
		advice: 'other_method',
	})
})

test('a version that was live cannot be changed or removed', async () => {
	await liveRules(house, [rule(['second'])])
	const versions = house.owner.updateTable('routing_rule_sets').where('status', '=', 'live')
	await expect(versions.set({ rules: '[]' }).execute()).rejects.toMatchObject({
		constraint: 'routing_history_kept',
	})
	await expect(house.owner.deleteFrom('routing_rule_sets').execute()).rejects.toThrow(/is kept/)
})
