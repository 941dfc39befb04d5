import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { openHouse, WEBHOOK_SECRET, type Answer, type House } from '#tests/support/house.ts'
import { captureLog } from './captured-log.ts'
import { dump, linesWith } from './everywhere.ts'

// S12: secrets and card numbers go in at every door; none may be found afterwards.

const CARD = '4000056655665556'
const GROUPED = '4000 0566 5566 5556'
const KEY = 'sk_live_canarycanarycanary1234'
const TOKEN = 'canary-bearer-7f3a9d2c51'
const SIGNING = 'whsec_canarycanarycanary1234'
const COOKIE = 'canarycookie0123456789abcdefghijklmnopqrstu'
const CANARIES = { CARD, GROUPED, KEY, TOKEN, SIGNING, COOKIE }

let house: House
let log: ReturnType<typeof captureLog>
beforeAll(async () => {
	log = captureLog()
	house = await openHouse({ settings: { LOG_LEVEL: 'debug' } })
})
afterAll(async () => {
	await house.close()
	log.giveBack()
})

const PAYMENTS = '/api/v1/payments'
const GOOD = { amount: 1_900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const answers: Answer[] = []

async function send(...call: Parameters<House['call']>): Promise<Answer> {
	const answer = await house.call(...call)
	answers.push(answer)
	return answer
}

describe('a card number', () => {
	test.each<[string, object]>([
		['description', { description: `please charge ${GROUPED}` }],
		['payment_method', { payment_method: CARD }],
		['receipt_email', { receipt_email: `${CARD}@example.com` }],
		['metadata.card', { metadata: { card: CARD } }],
		['metadata', { metadata: { [CARD]: 'mine' } }],
		['amount', { amount: Number(CARD) }],
		['number', { number: GROUPED }],
	])('in %s of a payment is refused by the name of its field and kept nowhere', async (param, fields) => {
		const answer = await send('POST', PAYMENTS, { ...GOOD, ...fields })
		expect(answer).toMatchObject({ status: 400, body: { error: { code: 'card_number_refused', param } } })
	})

	test('in a key, a header, an address or a body that is no JSON is never told again', async () => {
		const key = { 'idempotency-key': CARD }
		expect(await send('POST', PAYMENTS, GOOD, key)).toMatchObject({ status: 400 })
		expect(await send('GET', `${PAYMENTS}/${CARD}`)).toMatchObject({ status: 404 })
		expect(await send('GET', `${PAYMENTS}?status=${CARD}`)).toMatchObject({ status: 400 })
		expect(await send('POST', PAYMENTS, `{"amount":${CARD},`)).toMatchObject({ status: 400 })
		expect(await send('GET', `/api/v1/${CARD}`)).toMatchObject({ status: 404 })
	})

	test('that pays through the gateway’s form is known here by its last four digits', async () => {
		const form = new URLSearchParams({
			type: 'card',
			'card[number]': CARD,
			'card[exp_month]': '12',
			'card[exp_year]': '2034',
			'card[cvc]': '123',
		})
		const made = await fetch(`${house.sandbox.url}/v1/payment_methods`, {
			method: 'POST',
			headers: {
				authorization: 'Bearer pk_test_sandbox_tillhouse',
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: form,
		})
		const { id } = (await made.json()) as { id: string }
		const body = { ...GOOD, payment_method: id }
		const paid = await send('POST', PAYMENTS, body, { prefer: 'wait=10' })
		expect(paid.body).toMatchObject({ status: 'succeeded', payment_method: { last4: CARD.slice(-4) } })
		const back = await send('POST', `${PAYMENTS}/${String(paid.body['id'])}/refund`, { amount: 500 })
		expect(back.status).toBe(201)
	})
})

test('secrets in headers, cookies, messages and the checkout leave no trace', async () => {
	const secrets = {
		authorization: `Bearer ${TOKEN}`,
		cookie: `sid=${COOKIE}; __Host-sid=${COOKIE}`,
		'x-forwarded-for': KEY,
		'user-agent': SIGNING,
		'stripe-signature': `t=1,v1=${TOKEN}`,
		'paypal-auth-algo': KEY,
	}
	for (const path of [PAYMENTS, '/api/v1/stream', '/console/stream', '/api/v1/none', '/api/v1/refunds']) {
		const { status } = await send('GET', path, undefined, secrets)
		expect(status).toBeGreaterThanOrEqual(400)
		expect(status).toBeLessThan(500)
	}
	for (const gateway of ['stripe', 'paypal', KEY]) {
		const body = { id: 'evt_1', card: { number: CARD }, secret: KEY }
		expect((await send('POST', `/api/v1/webhooks/${gateway}`, body, secrets)).status).toBeLessThan(500)
	}
	const [product] = PRODUCTS
	const { sessionId } = await openCheckoutSession(house.services, {
		items: [{ productId: product?.id ?? '', quantity: 1 }],
	})
	const tried = { method: 'card', confirmation_token: CARD, name: GROUPED, email: 'ada@example.com' }
	const headers = { ...secrets, 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() }
	expect(await send('POST', `/checkout/${sessionId}/confirm`, tried, headers)).toMatchObject({
		status: 400,
		body: { error: { code: 'card_number_refused', param: 'confirmation_token' } },
	})
})

test('errors on the way to the gateway and in jobs leave no trace either', async () => {
	house.services.logger.error(
		{ err: new Error(`refused ${CARD}: ${KEY}`), requestId: TOKEN.slice(0, 5) },
		SIGNING,
	)
	house.services.logger.warn(
		{ authorization: `Bearer ${TOKEN}`, headers: { cookie: COOKIE } } as object,
		`Bearer ${TOKEN} ${GROUPED} __Host-sid=${COOKIE}`,
	)
	await house.sandbox.spoilNext(['error_500_kept', 'timeout_after', 'malformed'], '/v1/payment_intents')
	for (let times = 0; times < 3; times++) await send('POST', PAYMENTS, GOOD, { prefer: 'wait=3' })
	expect(log.text()).toContain('[card]')
	expect(log.text()).toContain('[secret]')
})

test('nothing of it is in the log, in the database, in a job or in an answer', async () => {
	const kept = await dump(house)
	expect(kept, 'the dump is of this house').toContain('pay_')
	expect(kept, 'the dump holds the queue').toMatch(/^pgboss\.|^\w*boss/m)
	const logged = log.text()
	expect(logged.length).toBeGreaterThan(500)
	const told = answers.map(({ text }) => text).join('\n')
	const own = {
		secretKey: house.demo.secretKey,
		password: house.demo.owner.password,
		signing: WEBHOOK_SECRET,
	}
	for (const [name, secret] of Object.entries({ ...CANARIES, ...own })) {
		expect({ name, logged: linesWith(logged, secret) }).toEqual({ name, logged: [] })
		expect({ name, kept: linesWith(kept, secret) }).toEqual({ name, kept: [] })
		expect({ name, told: linesWith(told, secret) }).toEqual({ name, told: [] })
	}
})
