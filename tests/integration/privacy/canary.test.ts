import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { openHouse, WEBHOOK_SECRET, type House } from '#tests/support/house.ts'
import { dump, linesWith } from '../canary/everywhere.ts'
import { disputedPayment } from '../disputes/cases.ts'

// What a payer is known by goes in at every door; none of it may stand in the database afterwards.

const EMAIL = 'Zoe.Canary@example.com'
const NAME = 'Zoe Canarybird'
const ADDRESS = '17 Canary Wharf Lane'
const IP = '203.0.113.217'
const SHOPPER_IP = '198.51.100.231'
const CANARIES = { EMAIL, LOWER: EMAIL.toLowerCase(), NAME, ADDRESS, IP, SHOPPER_IP }

let house: House
let heard = ''
beforeAll(async () => {
	house = await openHouse({
		worker: false,
		webhooks: false,
		limits: true,
		clientIp: () => SHOPPER_IP,
		sandbox: { SANDBOX_CLOCK_FACTOR: '1' },
	})
	house.services.feed.subscribe({ merchantId: house.demo.merchantId }, ({ data }) => void (heard += data))
})
afterAll(() => house.close())

const PAYMENTS = '/api/v1/payments'
const GOOD = { amount: 1_900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const WHO = { receipt_email: EMAIL, client_ip: IP }

test('a payment through the API is told with its address, and so is the same request sent again', async () => {
	const key = { 'idempotency-key': randomUUID() }
	const first = await house.call('POST', PAYMENTS, { ...GOOD, ...WHO }, key)
	expect(first).toMatchObject({ status: 201, body: { receipt_email: EMAIL } })
	const again = await house.call('POST', PAYMENTS, { ...GOOD, ...WHO }, key)
	expect(again.text).toBe(first.text)
	expect(again.headers.get('idempotent-replayed')).toBe('true')
	const id = String(first.body['id'])
	expect((await house.call('GET', `${PAYMENTS}/${id}`)).body['receipt_email']).toBe(EMAIL)
	expect((await house.call('GET', PAYMENTS)).text).toContain(EMAIL)
	expect((await house.call('GET', `/api/v1/events?payment=${id}`)).text).toContain(EMAIL)
	await expect.poll(() => heard, { timeout: 20_000 }).toContain(EMAIL)
})

test('one that is confirmed later keeps it', async () => {
	const { body } = await house.call('POST', PAYMENTS, { ...GOOD, ...WHO, confirm: false })
	const key = { 'idempotency-key': randomUUID() }
	const path = `${PAYMENTS}/${String(body['id'])}/confirm`
	const first = await house.call('POST', path, {}, key)
	expect(first).toMatchObject({ status: 200, body: { receipt_email: EMAIL } })
	expect((await house.call('POST', path, {}, key)).text).toBe(first.text)
})

test('an order paid at the checkout shows it to the shopper', async () => {
	const [product] = PRODUCTS
	const { sessionId } = await openCheckoutSession(house.services, {
		items: [{ productId: product?.id ?? '', quantity: 1 }],
	})
	const asked = { method: 'card', confirmation_token: 'ctoken_canary_1', email: EMAIL, name: NAME }
	const headers = { 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() }
	const first = await house.call('POST', `/checkout/${sessionId}/confirm`, asked, headers)
	expect(first, first.text).toMatchObject({ status: 200, body: { payment: { receipt_email: EMAIL } } })
	expect((await house.call('POST', `/checkout/${sessionId}/confirm`, asked, headers)).text).toBe(first.text)
})

test('what is written to a bank about them reads as it was written', async () => {
	const { dispute } = await disputedPayment(house, 'pm_card_createDispute', WHO)
	const path = `/api/v1/disputes/${dispute.id}`
	const evidence = { customer_name: NAME, billing_address: ADDRESS, customer_email_address: EMAIL }
	const kept = await house.call('POST', `${path}/evidence`, { evidence })
	expect(kept).toMatchObject({ status: 200, body: { evidence_details: { has_draft: true } } })
	await house.call('POST', `${path}/evidence`, { evidence: { product_description: 'a mug' } })
	expect((await house.call('GET', path)).body).toMatchObject({
		evidence: { ...evidence, product_description: 'a mug' },
		suggested_evidence: { customer_email_address: EMAIL, customer_purchase_ip: IP },
	})
})

test('a message of the gateway is kept without whom it is about', async () => {
	const object = {
		object: 'charge',
		id: 'ch_1',
		payment_intent: 'pi_nobody',
		receipt_email: EMAIL,
		billing_details: { name: NAME, email: EMAIL, address: { line1: ADDRESS } },
		metadata: { attempt_id: 'att_nobody', buyer: NAME },
	}
	const event = { id: `evt_${randomUUID()}`, object: 'event', type: 'charge.updated', data: { object } }
	const text = JSON.stringify({ ...event, livemode: false })
	const signature = Stripe.webhooks.generateTestHeaderString({ payload: text, secret: WEBHOOK_SECRET })
	const answer = await house.call('POST', '/api/v1/webhooks/stripe', text, { 'stripe-signature': signature })
	expect(answer, answer.text).toMatchObject({ status: 200 })
	const row = await house.owner
		.selectFrom('webhook_inbox')
		.select('payload')
		.where('event_id', '=', event.id)
		.executeTakeFirstOrThrow()
	expect(house.services.gateways.of('stripe').messages.subjectOf(row.payload)).toEqual({
		kind: 'payment',
		ref: 'pi_nobody',
		attemptId: 'att_nobody',
	})
})

test('nothing of them stands in the database in a spelling that can be read', async () => {
	await house.services.apiLimits.settled()
	const kept = await dump(house)
	expect(kept, 'the dump is of this house').toContain('pay_')
	expect(kept).toContain('"sealed_email":"v1.dek_')
	for (const [name, text] of Object.entries(CANARIES)) {
		expect({ name, kept: linesWith(kept, text) }).toEqual({ name, kept: [] })
	}
})
