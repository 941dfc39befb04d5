import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { createTryLimits } from '#app/http/limits/try-limits.server.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { countRows } from '../../http/kept-rows.ts'
import { addMerchant } from '../../http/second-merchant.ts'
import { violations } from '../ledger/invariants.ts'

let address = ''
let first: House
let second: House
beforeAll(async () => {
	const options = { webhooks: false, limits: true, clientIp: () => address }
	first = await openHouse(options)
	second = await openHouse({ ...options, beside: first })
})
afterAll(async () => {
	await second.close()
	await first.close()
})

let lines = 0
/** Another payer: an address nobody had before. */
const newAddress = () => `2001:db8:0:${(lines += 1).toString(16)}::1`
beforeEach(() => {
	address = newAddress()
})

async function order(): Promise<string> {
	const items = [{ productId: PRODUCTS[0].id, quantity: 1 }]
	return (await openCheckoutSession(first.services, { items })).sessionId
}

type Try = { card?: string; key?: string; house?: House }
const confirm = (sessionId: string, { card = 'pm_card_visa', key = randomUUID(), house = first }: Try = {}) =>
	house.call(
		'POST',
		`/checkout/${sessionId}/confirm`,
		{ confirmation_token: card, email: `${sessionId}@example.com` },
		{ 'sec-fetch-site': 'same-origin', 'idempotency-key': key },
	)

/** The order's payment once it rests. */
async function rested(sessionId: string) {
	const row = await first.owner
		.selectFrom('payments')
		.selectAll()
		.where('checkout_session_id', '=', sessionId)
		.executeTakeFirstOrThrow()
	await first.services.waitForRest(row.merchant_id, row.id, 15)
	return first.owner.selectFrom('payments').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow()
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status)
const gatewayCharges = async () => (await first.sandbox.books()).charges.length

describe('one address on fresh orders', () => {
	test('50 confirms: six are taken, the others hear 429 and how long to wait, and nothing of them is written', async () => {
		const sessions = await Promise.all(Array.from({ length: 50 }, order))
		const answers: Answer[] = []
		for (const session of sessions.slice(0, 6)) answers.push(await confirm(session))
		expect(statuses(answers)).toEqual(Array(6).fill(200))
		await Promise.all(sessions.slice(0, 6).map(rested))
		const before = { rows: await countRows(first), charges: await gatewayCharges() }
		const refused = await Promise.all(sessions.slice(6).map((session) => confirm(session)))
		expect(new Set(statuses(refused))).toEqual(new Set([429]))
		expect({ rows: await countRows(first), charges: await gatewayCharges() }).toEqual(before)
	})

	test('the answer has the seconds in words, in the envelope and in the headers', async () => {
		const one = await order()
		for (let tries = 0; tries < 6; tries += 1) await confirm(one)
		const answer = await confirm(one)
		expect(answer.body).toEqual({
			error: {
				type: 'rate_limit_error',
				code: 'too_many_tries',
				message: 'There were too many tries to pay. Nothing was charged. Try again in 30 minutes.',
				retry_after: '1800',
				request_id: expect.stringMatching(/^req_/) as unknown,
			},
		})
		expect(Number(answer.headers.get('retry-after'))).toBe(1_800)
		expect(answer.headers.get('ratelimit')).toBe('"minute";r=0;t=1800')
		expect(answer.headers.get('ratelimit-policy')).toBe('"minute";q=6;w=60, "hour";q=20;w=3600')
	})

	test('the whole /64 of an address is one payer; the next one is another', async () => {
		for (let host = 1; host <= 6; host += 1) {
			address = `2001:db8:aa:1::${host}`
			expect(await confirm(await order())).toMatchObject({ status: 200 })
		}
		address = '2001:db8:aa:1:ffff::1'
		expect(await confirm(await order())).toMatchObject({ status: 429 })
		address = '2001:db8:aa:2::1'
		expect(await confirm(await order())).toMatchObject({ status: 200 })
	})
})

test('8 confirms of one order, each from another address: the last two are refused', async () => {
	const session = await order()
	const answers: Answer[] = []
	for (let tries = 0; tries < 8; tries += 1) {
		address = newAddress()
		answers.push(await confirm(session))
	}
	expect(statuses(answers)).toEqual([...Array<number>(6).fill(200), 429, 429])
})

test('two instances count together, also at the same moment', async () => {
	const sessions = await Promise.all(Array.from({ length: 30 }, order))
	const answers = await Promise.all(
		sessions.map((session, index) => confirm(session, { house: index % 2 === 0 ? first : second })),
	)
	expect(statuses(answers).filter((status) => status === 200)).toHaveLength(6)
	expect(statuses(answers).filter((status) => status === 429)).toHaveLength(24)
	expect(await confirm(await order(), { house: second })).toMatchObject({ status: 429 })
})

test('the same try sent again, even 20 times at once, is one try', async () => {
	const session = await order()
	const key = randomUUID()
	const again = await Promise.all(Array.from({ length: 20 }, () => confirm(session, { key })))
	expect(new Set(statuses(again))).toEqual(new Set([200]))
	for (let tries = 0; tries < 10; tries += 1)
		expect(await confirm(session, { key })).toMatchObject({ status: 200 })
	for (let tries = 0; tries < 5; tries += 1)
		expect(await confirm(await order())).toMatchObject({ status: 200 })
	expect(await confirm(await order())).toMatchObject({ status: 429 })
	expect(await confirm(session, { key })).toMatchObject({ status: 200 })
})

test('25 orders with one card, each from another address: six are charged, the others are declined for now', async () => {
	const card = 'pm_card_amex'
	const sessions: string[] = []
	const before = await gatewayCharges()
	for (let shopper = 0; shopper < 25; shopper += 1) {
		address = newAddress()
		const session = await order()
		sessions.push(session)
		const house = shopper % 2 === 0 ? first : second
		expect(await confirm(session, { card, house })).toMatchObject({ status: 200 })
	}
	const payments = await Promise.all(sessions.map(rested))
	const refused = payments.filter(({ error }) => error !== null)
	expect(payments.filter(({ status }) => status !== 'requires_payment_method')).toHaveLength(6)
	expect(refused).toHaveLength(19)
	expect(refused[0]).toMatchObject({
		status: 'requires_payment_method',
		error: {
			type: 'card_error',
			code: 'card_declined',
			decline_code: 'too_many_tries',
			standard_code: 'frequency_limit_exceeded',
			advice: 'other_card',
			message: 'This card was tried too often. Nothing was charged. Wait 1 minute, or use another card.',
		},
	})
	expect((await gatewayCharges()) - before).toBeLessThanOrEqual(6)
	const attempts = await first.owner
		.selectFrom('payment_attempts')
		.select(({ fn }) => fn.countAll().as('count'))
		.where(
			'payment_id',
			'in',
			refused.map(({ id }) => id),
		)
		.executeTakeFirstOrThrow()
	expect(attempts.count).toBe(0n)
})

test('a refused card can be replaced by another on the same order', async () => {
	const card = 'pm_card_jcb'
	for (let tries = 0; tries < 6; tries += 1) {
		address = newAddress()
		const session = await order()
		await confirm(session, { card })
		await rested(session)
	}
	address = newAddress()
	const session = await order()
	await confirm(session, { card })
	expect(await rested(session)).toMatchObject({ error: { decline_code: 'too_many_tries' } })
	await confirm(session, { card: 'pm_card_discover' })
	expect((await rested(session)).status).toMatch(/succeeded|in_review|failed/)
	expect((await rested(session)).error).not.toMatchObject({ decline_code: 'too_many_tries' })
})

test('a shopper whose first three cards are declined pays with the fourth', async () => {
	const session = await order()
	const declined = [
		'pm_card_visa_chargeDeclined',
		'pm_card_chargeDeclinedInsufficientFunds',
		'pm_card_chargeDeclinedExpiredCard',
	]
	for (const card of declined) {
		expect(await confirm(session, { card })).toMatchObject({ status: 200 })
		expect(await rested(session)).toMatchObject({ status: 'requires_payment_method' })
	}
	expect(await confirm(session, { card: 'pm_card_diners' })).toMatchObject({ status: 200 })
	expect(await rested(session)).toMatchObject({ status: 'succeeded', error: null })
})

describe('the API', () => {
	const pay = (fields: object, headers = {}) =>
		first.call(
			'POST',
			'/api/v1/payments',
			{ amount: 1_000, currency: 'usd', payment_method: 'pm_card_unionpay', confirm: true, ...fields },
			headers,
		)

	test('payments with the payer’s address count for it, together with the checkout; others do not', async () => {
		for (let tries = 0; tries < 4; tries += 1) {
			expect(await pay({ client_ip: address, payment_method: 'pm_card_mastercard' })).toMatchObject({
				status: 201,
			})
		}
		for (let tries = 0; tries < 2; tries += 1)
			expect(await confirm(await order())).toMatchObject({ status: 200 })
		const answer = await pay({ client_ip: address })
		expect(answer).toMatchObject({ status: 429, body: { error: { code: 'too_many_tries' } } })
		expect(await pay({ client_ip: address, confirm: false })).toMatchObject({ status: 201 })
		const unaddressed = await Promise.all(Array.from({ length: 30 }, () => pay({})))
		expect(new Set(statuses(unaddressed))).toEqual(new Set([201]))
	})

	test('a payment confirmed later counts as well, and another merchant’s payers are theirs', async () => {
		const other = await addMerchant(first)
		for (let tries = 0; tries < 7; tries += 1) {
			const { body } = await pay({ client_ip: address, confirm: false })
			const answer = await first.call('POST', `/api/v1/payments/${String(body['id'])}/confirm`, {})
			expect(answer.status).toBe(tries < 6 ? 200 : 429)
		}
		expect(await pay({ client_ip: address }, other.headers)).toMatchObject({ status: 201 })
	})

	test('one card without a payer is charged as often as the merchant asks', async () => {
		const answers = await Promise.all(
			Array.from({ length: 12 }, () => pay({ payment_method: 'pm_card_visa_debit' }, { prefer: 'wait=20' })),
		)
		const errors = answers.map(({ body }) => body['last_payment_error'])
		expect(errors).not.toContainEqual(expect.objectContaining({ decline_code: 'too_many_tries' }))
	})
})

test('without their table the tries are still counted, and one line says so', async () => {
	const warnings: string[] = []
	const limits = createTryLimits({
		...first.services,
		logger: { warn: (_fields, message) => void warnings.push(message) },
	})
	const count = () =>
		limits.count({ merchantId: first.demo.merchantId, sessionId: 'cs_away', clientIp: null }, null)
	await first.owner.schema.alterTable('request_counters').renameTo('request_counters_away').execute()
	try {
		for (let tries = 0; tries < 6; tries += 1) await count()
		await expect(count()).rejects.toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 1_800 })
	} finally {
		await first.owner.schema.alterTable('request_counters_away').renameTo('request_counters').execute()
	}
	expect(warnings).toEqual([expect.stringContaining('out of reach')])
	await count()
})

test('a private address that is blocked is told to the log once: it may be a proxy nobody named', async () => {
	const warnings: string[] = []
	const limits = createTryLimits({
		...first.services,
		logger: { warn: (_fields, message) => void warnings.push(message) },
	})
	const count = (clientIp: string) =>
		limits.count({ merchantId: first.demo.merchantId, sessionId: null, clientIp }, null)
	const untilRefused = (clientIp: string) =>
		Promise.allSettled(Array.from({ length: 9 }, () => count(clientIp)))
	await untilRefused('203.0.113.99')
	expect(warnings).toEqual([])
	const answers = await untilRefused('10.0.0.7')
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
	expect(warnings).toEqual([expect.stringContaining('TRUST_PROXY')])
})

test('afterwards no promise is broken', async () => {
	expect(await violations(first.services.db)).toEqual([])
})
