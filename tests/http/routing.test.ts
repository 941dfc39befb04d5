import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayView, type RoutingRulesView, type SimulationView } from '#app/contracts/routing.ts'
import { changeRouting } from '#app/commands/routing/change-routing.server.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { chargedPayment } from '../integration/payments/by-hand.ts'
import { rule, withSecond } from '../integration/routing/second-gateway.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, gateways: withSecond })
})
afterAll(() => house.close())

const RULES = '/api/v1/routing/rules'
const put = async (body: object) => house.call('PUT', RULES, body)
const shown = async () => (await house.call('GET', RULES)).body as unknown as RoutingRulesView
const audited = async () =>
	(
		await house.services.db
			.selectFrom('audit_log')
			.select(['action', 'payload'])
			.where('action', 'like', 'routing_rules.%')
			.orderBy('seq')
			.execute()
	).map(({ action }) => action)

test('before anything is set the usual order holds', async () => {
	expect(await shown()).toEqual({ object: 'routing_rules', live: null, draft: null })
})

test('rules are a draft until they are switched on, and every step is audited', async () => {
	const first = await put({ rules: [rule(['second', 'stripe'])] })
	expect(first.status).toBe(200)
	expect(first.body).toMatchObject({ live: null, draft: { version: 1, status: 'draft', revision: 1 } })
	await put({ rules: [rule(['second'])] })
	expect(await shown()).toMatchObject({ draft: { version: 1, revision: 2 } })
	await put({ rules: [rule(['second'])], activate: true })
	expect(await shown()).toMatchObject({
		live: { version: 1, status: 'live', rules: [rule(['second'])] },
		draft: null,
	})
	// The same again is the same.
	await put({ rules: [rule(['second'])], activate: true })
	expect(await shown()).toMatchObject({ live: { version: 1 }, draft: null })
	await put({ rules: [], activate: true })
	expect(await shown()).toMatchObject({ live: { version: 2, rules: [] } })
	expect(await audited()).toEqual([
		'routing_rules.draft_saved',
		'routing_rules.draft_saved',
		'routing_rules.switched_on',
		'routing_rules.draft_saved',
		'routing_rules.switched_on',
	])
})

test.each<[string, object, string]>([
	['an unknown gateway', { rules: [rule(['nowhere'])] }, 'rules.0.then'],
	['no rules', {}, 'rules'],
	['a field nobody knows', { rules: [], enabled: true }, 'enabled'],
	[
		'an amount that is no whole number',
		{ rules: [{ ...rule(['stripe']), when: { amount: { currency: 'eur', min: 1.5, max: null } } }] },
		'rules.0.when.amount.min',
	],
	[
		'shares of 90 percent',
		{
			rules: [
				{
					...rule([]),
					then: {
						kind: 'split',
						shares: [
							{ gateway: 'stripe', percent: 50 },
							{ gateway: 'second', percent: 40 },
						],
					},
				},
			],
		},
		'rules.0.then.shares',
	],
])('%s is refused by name', async (_, body, param) => {
	const answer = await put(body)
	expect(answer.status).toBe(400)
	expect(answer.body['error']).toMatchObject({ param })
})

test('other methods are not offered', async () => {
	expect((await house.call('POST', RULES, { rules: [] })).status).toBe(405)
	expect((await house.call('GET', '/api/v1/routing/simulate')).status).toBe(405)
})

test('another merchant sees and sets only their own', async () => {
	await put({ rules: [rule(['stripe'])] })
	const { headers } = await addMerchant(house)
	expect((await house.call('GET', RULES, undefined, headers)).body).toMatchObject({ live: null, draft: null })
})

describe('simulation', () => {
	const simulate = async (body: object) =>
		(await house.call('POST', '/api/v1/routing/simulate', body)).body as unknown as SimulationView

	test('yesterday was quiet', async () => {
		expect(await simulate({})).toMatchObject({ payments: 0, moved: 0, from: null, rules: [] })
	})

	test('what would have gone elsewhere, by rule, and what that would have brought', async () => {
		const large = { amount: 9_000, fallback_payment_methods: { second: 'pm_card_visa' } }
		await chargedPayment(house, { amount: 500 })
		await chargedPayment(house, { ...large, payment_method: 'pm_card_chargeDeclinedInsufficientFunds' })
		await chargedPayment(house, { amount: 9_001 })
		const rules = [rule(['second'], { amount: { currency: 'eur', min: 8_000, max: null } })]
		expect(await simulate({ rules, last: 100 })).toMatchObject({
			payments: 3,
			moved: 2,
			known: 1,
			succeeded: 2,
			// Nobody was paid at the other gateway then: what is not known counts as it went.
			expected: 2,
			unmeasured: 2,
			rules: [
				{ id: 'rule_test1', payments: 2, moved: 2, succeeded: 1, to: [{ gateway: 'second', payments: 2 }] },
				{ id: null, payments: 1, moved: 0 },
			],
			gateways: [
				{ name: 'stripe', payments: 3, succeeded: 2, would: 1 },
				{ name: 'second', payments: 0, rate: null, would: 2 },
			],
		})
		expect((await simulate({ last: 2 })).payments).toBe(2)
		expect((await shown()).live).toMatchObject({ rules: [] })
	})

	test('more than 10,000 is refused', async () => {
		const { status, body } = await house.call('POST', '/api/v1/routing/simulate', { last: 10_001 })
		expect([status, body['error']]).toMatchObject([400, { param: 'last' }])
	})
})

test('the gateways, what they take, and how they did', async () => {
	const { body } = await house.call('GET', '/api/v1/gateways')
	const [stripe, second] = (body['data'] as unknown[]).map((gateway) => GatewayView.parse(gateway))
	expect(stripe).toMatchObject({
		name: 'stripe',
		title: 'Stripe',
		state: 'sandbox',
		breaker: 'closed',
		last_24h: { tries: 3, succeeded: 2, declined: 1, technical: 0 },
	})
	expect(second).toMatchObject({ name: 'second', last_24h: { tries: 0 } })
})

describe('in the console', () => {
	const change = (what: Parameters<typeof changeRouting>[2]) =>
		changeRouting(
			house.services,
			{ merchantId: house.demo.merchantId, actor: { kind: 'console', ref: 'usr_test' } },
			what,
		)

	test('a draft that somebody changed meanwhile is not switched on unread', async () => {
		await put({ rules: [rule(['stripe'])] })
		const { draft } = await shown()
		await put({ rules: [rule(['second'])] })
		await expect(
			change({ kind: 'switch_on', revision: draft?.revision ?? 0, reason: null }),
		).rejects.toMatchObject({
			code: 'draft_changed',
		})
		await change({ kind: 'discard' })
		await expect(change({ kind: 'switch_on', revision: null, reason: null })).rejects.toMatchObject({
			code: 'no_draft',
		})
	})

	test('an earlier version comes back as a draft', async () => {
		await change({ kind: 'restore', version: 1 })
		expect(await shown()).toMatchObject({ live: { version: 2 }, draft: { rules: [rule(['second'])] } })
		await change({ kind: 'discard' })
	})

	test('what a code means is changed, and taken back', async () => {
		const decline = { kind: 'decline', gateway: 'stripe', code: 'do_not_honor' } as const
		const overrides = () => house.services.db.selectFrom('decline_overrides').selectAll().execute()
		const words = 'Please call your bank. Nothing was charged.'
		await change({ ...decline, change: { words, advice: 'other_card', mayFallBack: true } })
		// What is as it was by default is not kept.
		expect(await overrides()).toMatchObject([{ words, advice: null, may_fall_back: null }])
		await change({ ...decline, change: null })
		expect(await overrides()).toEqual([])
		await expect(
			change({
				...decline,
				code: 'stolen_card',
				change: { words, advice: 'retry_same', mayFallBack: false },
			}),
		).rejects.toMatchObject({ code: 'never_again', param: 'advice' })
	})
})
