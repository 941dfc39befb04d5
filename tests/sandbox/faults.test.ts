import { expect, test } from 'vitest'
import type { Fault } from '#app/sandbox/faults/plan.ts'
import { clientFor, errorOf, type Gateway, openGateway, post } from './gateway.ts'

const ORDER = { amount: 5_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' }
const KEY = { idempotencyKey: 'order-1' }

const arm = ({ control }: Gateway, ...next: Fault[]) =>
	control('POST', '/faults', { next, path: '/v1/payment_intents', slow_ms: 60 })

const happened = async ({ control }: Gateway, fault: Fault) => {
	const report: { happened?: Record<string, number> } = await control('GET', '/faults')
	return report.happened?.[fault]
}

function order(gateway: Gateway) {
	return clientFor(gateway.url, { timeout: 200 }).paymentIntents.create(ORDER, KEY)
}

test.each<[Fault, object, number]>([
	['timeout_before', { type: 'StripeConnectionError' }, 0],
	['timeout_after', { type: 'StripeConnectionError' }, 1],
	['error_500_not_kept', { type: 'StripeAPIError', statusCode: 500 }, 0],
	['error_429', { type: 'StripeRateLimitError', statusCode: 429 }, 0],
	['conflict_409', { statusCode: 409, code: 'idempotency_key_in_use' }, 0],
	['reset', { type: 'StripeConnectionError' }, 1],
	['malformed', { type: 'StripeAPIError' }, 1],
	['truncated', { type: 'StripeAPIError' }, 1],
])(
	'%s: the first try is lost, the second finds or makes the one charge',
	async (fault, error, chargedAtFirst) => {
		const gateway = await openGateway()
		await arm(gateway, fault)
		expect(await errorOf(order(gateway))).toMatchObject(error)
		expect(gateway.books.charges.size).toBe(chargedAtFirst)
		expect(await order(gateway)).toMatchObject({ status: 'succeeded', amount: 5_000 })
		expect(gateway.books.charges.size).toBe(1)
		expect(await happened(gateway, fault)).toBe(1)
	},
)

test('error_500_kept: charged, and the same 500 for ever after', async () => {
	const gateway = await openGateway()
	await arm(gateway, 'error_500_kept')
	for (let attempt = 0; attempt < 3; attempt++) {
		expect(await errorOf(order(gateway))).toMatchObject({ type: 'StripeAPIError', statusCode: 500 })
	}
	expect(gateway.books.charges.size).toBe(1)
	expect(await happened(gateway, 'error_500_kept')).toBe(1)
	const [found] = (await gateway.stripe.paymentIntents.list()).data
	expect(found).toMatchObject({ status: 'succeeded' })
})

test('slow: the answer drips but is whole', async () => {
	const gateway = await openGateway()
	await arm(gateway, 'slow')
	const intent = await gateway.stripe.paymentIntents.create(ORDER, KEY)
	expect(intent).toMatchObject({ status: 'succeeded' })
	expect(await happened(gateway, 'slow')).toBe(1)
})

test.each<[Fault, object]>([
	['wrong_amount', { amount: 5_100, currency: 'usd' }],
	['wrong_currency', { amount: 5_000, currency: 'eur' }],
])('%s: the books say what the answer says', async (fault, wrong) => {
	const gateway = await openGateway()
	await arm(gateway, fault)
	const intent = await gateway.stripe.paymentIntents.create(ORDER, KEY)
	expect(intent).toMatchObject(wrong)
	expect(gateway.books.charges.all()).toMatchObject([wrong])
	expect(await order(gateway)).toMatchObject({ id: intent.id })
})

test('a 429 says when to come back', async () => {
	const gateway = await openGateway()
	await arm(gateway, 'error_429')
	const response = await post(gateway.url, '/v1/payment_intents', { amount: '5000', currency: 'usd' })
	expect(response.headers.get('retry-after')).toBe('1')
})

test('the same seed brings the same faults', async () => {
	const outcomes = async () => {
		const gateway = await openGateway()
		await gateway.control('POST', '/faults', { seed: 42, rates: { error_429: 0.3, error_500_not_kept: 0.3 } })
		const statuses: number[] = []
		for (let n = 0; n < 20; n++) {
			statuses.push(
				(await post(gateway.url, '/v1/payment_intents', { amount: '5000', currency: 'usd' })).status,
			)
		}
		return statuses
	}
	const first = await outcomes()
	expect(new Set(first)).toEqual(new Set([200, 429, 500]))
	expect(await outcomes()).toEqual(first)
})

test('faults stop when cleared and their counters stay', async () => {
	const gateway = await openGateway()
	await gateway.control('POST', '/faults', { rates: { error_429: 1 } })
	await errorOf(order(gateway))
	await gateway.control('DELETE', '/faults')
	await expect(order(gateway)).resolves.toBeDefined()
	expect(await happened(gateway, 'error_429')).toBe(1)
})

test('a plan with an unknown fault is refused', async () => {
	const { control } = await openGateway()
	expect(await control('POST', '/faults', { next: ['gremlins'] })).toMatchObject({
		error: { message: expect.stringContaining('"gremlins" is not a fault') },
	})
})
