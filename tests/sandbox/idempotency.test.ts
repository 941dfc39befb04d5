import { expect, test } from 'vitest'
import { errorOf, openGateway, pay, post } from './gateway.ts'

const ORDER = { amount: '5000', currency: 'usd', confirm: 'true', payment_method: 'pm_card_visa' }

test('a repeated request gets the first answer, byte for byte', async () => {
	const { books, url } = await openGateway()
	const key = { 'Idempotency-Key': 'order-1' }
	const first = await post(url, '/v1/payment_intents', ORDER, key)
	const second = await post(url, '/v1/payment_intents', ORDER, key)
	expect(await second.text()).toBe(await first.text())
	expect(first.headers.get('idempotent-replayed')).toBeNull()
	expect(second.headers.get('idempotent-replayed')).toBe('true')
	expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'))
	expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'))
	expect(books.charges.size).toBe(1)
})

test('a decline is kept like a success', async () => {
	const { books, stripe } = await openGateway()
	const once = () =>
		stripe.paymentIntents.create(
			{ amount: 5_000, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined' },
			{ idempotencyKey: 'declined' },
		)
	const [first, second] = [await errorOf(once()), await errorOf(once())]
	expect(second.charge).toBe(first.charge)
	expect(books.charges.size).toBe(1)
})

test('the same key for something else is refused', async () => {
	const { stripe } = await openGateway()
	const key = { idempotencyKey: 'order-1' }
	const intent = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' }, key)
	const otherBody = await errorOf(stripe.paymentIntents.create({ amount: 6_000, currency: 'usd' }, key))
	const otherPath = await errorOf(stripe.paymentIntents.cancel(intent.id, {}, key))
	for (const error of [otherBody, otherPath]) {
		expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 })
	}
})

test('a request still in flight holds its key', async () => {
	const { books, stripe } = await openGateway({ latencyMs: 100 })
	const ask = () =>
		stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' }, { idempotencyKey: 'busy' })
	const outcomes = await Promise.allSettled([ask(), ask()])
	expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
	const refused = outcomes.find((outcome) => outcome.status === 'rejected')
	expect(refused?.reason).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
	expect(books.intents.size).toBe(1)
	await expect(ask()).resolves.toMatchObject({ status: 'requires_payment_method' })
})

test('nothing is kept for a request that failed validation', async () => {
	const { stripe } = await openGateway()
	const key = { idempotencyKey: 'typo' }
	const error = await errorOf(stripe.paymentIntents.create({ amount: -1, currency: 'usd' }, key))
	expect(error).toMatchObject({ statusCode: 400, param: 'amount' })
	await expect(stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' }, key)).resolves.toBeDefined()
})

test('an answer is forgotten after a day', async () => {
	const { books, control, stripe } = await openGateway()
	const key = { idempotencyKey: 'yesterday' }
	await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' }, key)
	await control('POST', '/advance', { seconds: 86_401 })
	await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' }, key)
	expect(books.intents.size).toBe(2)
})

test('the events of a payment name the request and key they came from', async () => {
	const { stripe } = await openGateway()
	await pay(stripe, 'pm_card_visa')
	const events = await stripe.events.list()
	for (const event of events.data) {
		expect(event.request).toEqual({
			id: expect.stringMatching(/^req_/),
			idempotency_key: expect.stringMatching(/^stripe-node-retry-/),
		})
	}
})
