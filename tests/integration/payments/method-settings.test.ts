import { afterAll, beforeAll, expect, test } from 'vitest'
import { setMethod, type MethodChange } from '#app/commands/methods/set-method.server.ts'
import type { MethodType } from '#app/domain/methods/method-terms.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())

const set = (type: MethodType, change: MethodChange) =>
	setMethod(house.services, {
		merchantId: house.demo.merchantId,
		gateway: 'stripe',
		type,
		change,
		actor: { kind: 'console', ref: 'usr_1' },
	})

const pay = (fields: object = {}) =>
	house.call(
		'POST',
		'/api/v1/payments',
		{ amount: 5_000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, ...fields },
		{ prefer: 'wait=15' },
	)
const charges = async () => (await house.sandbox.books()).charges.length

const REFUSED: [string, MethodChange, MethodChange, object][] = [
	['switched off', { isOn: false }, { isOn: true }, {}],
	[
		'below the merchant’s own smallest payment',
		{ currency: 'usd', limits: { minMinor: 5_001n, maxMinor: null } },
		{ currency: 'usd', limits: { minMinor: null, maxMinor: null } },
		{},
	],
	[
		'from a country the merchant does not sell to',
		{ countries: ['DE'] },
		{ countries: null },
		{ client_ip: '8.8.8.8' },
	],
]

test.each(REFUSED)(
	'a gateway’s id that turns out to be a card %s is not charged, and says why',
	async (_, change, back, fields) => {
		await set('card', change)
		const before = await charges()
		const answer = await pay(fields)
		expect(answer, answer.text).toMatchObject({
			status: 201,
			body: {
				status: 'failed',
				risk: null,
				payment_method: { type: 'card', last4: '4242' },
				last_payment_error: { type: 'blocked', code: 'payment_method_not_offered' },
			},
		})
		expect(answer.text).toContain('Nothing was charged')
		expect(await charges()).toBe(before)
		const history = await house.owner
			.selectFrom('payment_history')
			.select('to_status')
			.where('payment_id', '=', String(answer.body['id']))
			.orderBy('seq')
			.execute()
		expect(history.map(({ to_status }) => to_status)).toEqual(['screening', 'processing', 'failed'])
		await set('card', back)
		expect(await pay(fields)).toMatchObject({ body: { status: 'succeeded' } })
	},
)

test('what was decided about another method does not touch cards', async () => {
	await set('link', { isOn: false })
	expect(await pay()).toMatchObject({ body: { status: 'succeeded' } })
})

test('afterwards no promise is broken', async () => {
	expect(await violations(house.services.db)).toEqual([])
})
