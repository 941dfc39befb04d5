import { describe, expect, test } from 'vitest'
import { clientFor, errorOf, openGateway, pay, post } from './gateway.ts'

describe('manual capture', () => {
	test('in full', async () => {
		const { stripe } = await openGateway()
		const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' })
		expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 5_000, amount_received: 0 })
		const taken = await stripe.paymentIntents.capture(held.id, {
			expand: ['latest_charge.balance_transaction'],
		})
		expect(taken).toMatchObject({
			status: 'succeeded',
			amount_capturable: 0,
			amount_received: 5_000,
			latest_charge: { captured: true, balance_transaction: { amount: 5_000, fee: 175, net: 4_825 } },
		})
	})

	test('in part, and not beyond what is held', async () => {
		const { stripe } = await openGateway()
		const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' })
		const tooMuch = await errorOf(stripe.paymentIntents.capture(held.id, { amount_to_capture: 5_001 }))
		expect(tooMuch).toMatchObject({ code: 'amount_too_large', param: 'amount_to_capture' })
		const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3_000 })
		expect(taken).toMatchObject({ status: 'succeeded', amount_received: 3_000 })
		const refund = await stripe.refunds.create({ payment_intent: held.id })
		expect(refund.amount).toBe(3_000)
	})

	test('an authorisation can be let go', async () => {
		const { stripe } = await openGateway()
		const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' })
		const canceled = await stripe.paymentIntents.cancel(held.id, { cancellation_reason: 'abandoned' })
		expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' })
		const charge = await stripe.charges.retrieve(String(held.latest_charge))
		expect(charge).toMatchObject({ captured: false, refunded: true, balance_transaction: null })
	})
})

test('a state that forbids a step is named, with the intent', async () => {
	const { stripe } = await openGateway()
	const { id } = await pay(stripe, 'pm_card_visa')
	for (const refused of [stripe.paymentIntents.cancel(id), stripe.paymentIntents.capture(id)]) {
		const error = await errorOf(refused)
		expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' })
		expect(error.payment_intent).toMatchObject({ id, status: 'succeeded' })
	}
})

test('create, update, confirm step by step', async () => {
	const { stripe } = await openGateway()
	const made = await stripe.paymentIntents.create({
		amount: 2_000,
		currency: 'EUR',
		metadata: { a: '1', b: '2' },
	})
	expect(made).toMatchObject({ status: 'requires_payment_method', currency: 'eur' })
	await stripe.paymentIntents.update(made.id, { amount: 2_500, metadata: { b: '', c: '3' } })
	const paid = await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa' })
	expect(paid).toMatchObject({ status: 'succeeded', amount: 2_500, metadata: { a: '1', c: '3' } })
	expect(paid.metadata).not.toHaveProperty('b')
})

test('lists page both ways and by themselves', async () => {
	const { stripe } = await openGateway()
	const ids: string[] = []
	for (let n = 0; n < 25; n++) ids.unshift((await pay(stripe, 'pm_card_visa')).id)
	const all = await stripe.paymentIntents.list({ limit: 10 }).autoPagingToArray({ limit: 100 })
	expect(all.map(({ id }) => id)).toEqual(ids)
	const newer = await stripe.paymentIntents.list({ limit: 3, ending_before: String(ids[10]) })
	expect(newer.data.map(({ id }) => id)).toEqual(ids.slice(7, 10))
	expect(newer.has_more).toBe(true)
	const future = await stripe.paymentIntents.list({ created: { gte: Number(all[0]?.created) + 1_000 } })
	expect(future.data).toEqual([])
	const expanded = await stripe.paymentIntents.list({ limit: 1, expand: ['data.latest_charge'] })
	expect(expanded.data[0]?.latest_charge).toHaveProperty('object', 'charge')
})

test('events can be picked by type', async () => {
	const { stripe } = await openGateway()
	await pay(stripe, 'pm_card_visa')
	const one = await stripe.events.list({ type: 'charge.succeeded' })
	const both = await stripe.events.list({ types: ['charge.succeeded', 'payment_intent.succeeded'] })
	expect(one.data.map(({ type }) => type)).toEqual(['charge.succeeded'])
	expect(both.data).toHaveLength(2)
	expect(await stripe.events.retrieve(String(one.data[0]?.id))).toMatchObject({ pending_webhooks: 0 })
})

test('the balance adds up what the transactions moved', async () => {
	const { control, stripe } = await openGateway()
	const { id } = await pay(stripe, 'pm_card_visa')
	await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
	expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 3_825, currency: 'usd' }])
	await control('POST', '/advance', { seconds: 3 * 86_400 })
	expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 3_825 }])
})

describe('refused requests', () => {
	test.each([
		[{ amount: '0', currency: 'usd' }, 'amount'],
		[{ amount: '1.5', currency: 'usd' }, 'amount'],
		[{ amount: '5000', currency: 'zzz' }, 'currency'],
		[{ currency: 'usd' }, 'amount'],
		[{ amount: '5000', currency: 'usd', capture_method: 'later' }, 'capture_method'],
		[{ amount: '5000', currency: 'usd', 'expand[0]': 'secrets' }, 'expand'],
	])('%o names %s', async (form, param) => {
		const { books, url } = await openGateway()
		const response = await post(url, '/v1/payment_intents', form as Record<string, string>)
		expect(response.status).toBe(400)
		expect(response.headers.get('request-id')).toMatch(/^req_/)
		expect(await response.json()).toEqual({
			error: expect.objectContaining({ type: 'invalid_request_error', param, message: expect.any(String) }),
		})
		expect(books.intents.size).toBe(0)
	})

	test('unknown paths, unknown ids and wrong keys have an envelope too', async () => {
		const { stripe, url } = await openGateway()
		expect(await errorOf(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
			statusCode: 404,
			code: 'resource_missing',
			doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
		})
		expect((await post(url, '/v1/nothing', {})).status).toBe(404)
		const stranger = clientFor(url, {}, 'sk_test_wrong')
		expect(await errorOf(stranger.balance.retrieve())).toMatchObject({ type: 'StripeAuthenticationError' })
	})
})
