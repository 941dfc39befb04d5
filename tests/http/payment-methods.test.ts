import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { setMethod, type MethodChange } from '#app/commands/methods/set-method.server.ts'
import type { PaymentMethodOffer } from '#app/contracts/payment-methods.ts'
import type { MethodType } from '#app/domain/methods/method-terms.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { presentCheckout } from '#app/presenters/checkout.server.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
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

const list = (query: string, headers = {}) =>
	house.call('GET', `/api/v1/payment-methods?${query}`, undefined, headers)
const offersOf = async (...of: Parameters<typeof list>) => {
	const answer = await list(...of)
	expect(answer.status, answer.text).toBe(200)
	return answer.body['data'] as PaymentMethodOffer[]
}
/** Through Stripe, whoever else is connected. */
const offered = async (...of: Parameters<typeof list>) =>
	(await offersOf(...of)).filter(({ gateways }) => gateways.includes('stripe')).map(({ type }) => type)

describe('GET /api/v1/payment-methods', () => {
	test('every way to pay, those that are not offered with the reason', async () => {
		const answer = await list('amount=5000&currency=eur&country=de')
		expect(answer.body).toMatchObject({ object: 'list', url: '/api/v1/payment-methods', has_more: false })
		const offers = await offersOf('amount=5000&currency=eur&country=de')
		expect(offers.find(({ type }) => type === 'sepa_debit')).toEqual({
			object: 'payment_method_offer',
			type: 'sepa_debit',
			title: 'SEPA Direct Debit',
			offered: true,
			gateways: ['stripe'],
			settles_later: true,
			redirects: false,
			note: expect.stringContaining('few business days'),
			refusals: [],
		})
		expect(offers.find(({ type }) => type === 'us_bank_account')).toMatchObject({
			offered: false,
			gateways: [],
			refusals: [
				{
					gateway: 'stripe',
					code: 'currency',
					message: 'Stripe does not take US bank account payments in EUR.',
				},
			],
		})
	})

	test.each([
		['amount=5000&currency=usd', ['apple_pay', 'google_pay', 'link', 'card', 'us_bank_account']],
		['amount=5000&currency=usd&country=DE', ['apple_pay', 'google_pay', 'link', 'card']],
		['amount=5000&currency=usd&country=IN', ['card']],
		['amount=5000&currency=eur', ['apple_pay', 'google_pay', 'link', 'card', 'sepa_debit']],
		['amount=1000001&currency=eur', ['apple_pay', 'google_pay', 'link', 'card']],
		['amount=5000&currency=eur&capture_method=manual', ['apple_pay', 'google_pay', 'link', 'card']],
		['amount=49&currency=usd', []],
		['amount=5000&currency=clf', []],
	])('%s: %j', async (query, expected) => {
		expect(await offered(query)).toEqual(expected)
	})

	test.each([
		['currency=usd', 'amount'],
		['amount=&currency=usd', 'amount'],
		['amount=0&currency=usd', 'amount'],
		['amount=1.5&currency=usd', 'amount'],
		['amount=1e3&currency=usd', 'amount'],
		['amount=1&amount=2&currency=zzz', 'currency'],
		['amount=1', 'currency'],
		['amount=1&currency=usd&country=XX', 'country'],
		['amount=1&currency=usd&country=constructor', 'country'],
		['amount=1&currency=usd&capture_method=later', 'capture_method'],
		['amount=1&currency=usd&payer=me', 'payer'],
	])('%s is refused, naming %s', async (query, param) => {
		expect(await list(query)).toMatchObject({ status: 400, body: { error: { param } } })
	})

	test('needs a secret key; POST is not offered', async () => {
		expect(await list('amount=1&currency=usd', { authorization: 'Bearer sk_test_nobody' })).toMatchObject({
			status: 401,
		})
		expect(await house.call('POST', '/api/v1/payment-methods', {})).toMatchObject({ status: 405 })
	})
})

describe('the merchant’s settings', () => {
	const QUERY = 'amount=5000&currency=usd&country=US'

	test('count at once, for this merchant alone, and the audit log has before and after', async () => {
		const other = await addMerchant(house)
		await set('link', { isOn: false })
		await set('apple_pay', { countries: ['FR', 'DE'] })
		await set('us_bank_account', { currency: 'usd', limits: { minMinor: 10_000n, maxMinor: null } })
		expect(await offered(QUERY)).toEqual(expect.not.arrayContaining(['link', 'apple_pay', 'us_bank_account']))
		expect(await offered('amount=10000&currency=usd&country=US')).toContain('us_bank_account')
		expect(await offered('amount=5000&currency=usd&country=FR')).toContain('apple_pay')
		expect(await offered(QUERY, other.headers)).toEqual(
			expect.arrayContaining(['link', 'apple_pay', 'us_bank_account']),
		)
		const audited = await house.owner
			.selectFrom('audit_log')
			.select(['actor', 'payload', 'before', 'after'])
			.where('action', '=', 'payment_method.changed')
			.orderBy('seq')
			.execute()
		expect(audited).toMatchObject([
			{
				actor: 'console:usr_1',
				payload: { gateway: 'stripe', method: 'link' },
				before: { is_on: true },
				after: { is_on: false },
			},
			{
				payload: { method: 'apple_pay' },
				before: { countries: 'everywhere' },
				after: { countries: ['DE', 'FR'] },
			},
			{
				payload: { method: 'us_bank_account' },
				before: { limits: '' },
				after: { limits: 'usd 10000–' },
			},
		])
	})

	test('a change that changes nothing is not written; changes at the same moment lose nothing', async () => {
		const before = await countRows(house)
		await set('link', { isOn: false })
		expect(await countRows(house)).toEqual(before)
		await Promise.all([
			set('google_pay', { countries: ['US'] }),
			set('google_pay', { isOn: false }),
			set('google_pay', { currency: 'usd', limits: { minMinor: null, maxMinor: 900n } }),
			set('google_pay', { currency: 'eur', limits: { minMinor: 100n, maxMinor: 900n } }),
		])
		const [kept] = await house.owner
			.selectFrom('payment_method_settings')
			.selectAll()
			.where('method', '=', 'google_pay')
			.execute()
		expect(kept).toMatchObject({ is_on: false, countries: ['US'] })
		const limits = await house.owner
			.selectFrom('payment_method_limits')
			.select(['currency', 'min_minor', 'max_minor'])
			.where('method', '=', 'google_pay')
			.orderBy('currency')
			.execute()
		expect(limits).toEqual([
			{ currency: 'eur', min_minor: 100n, max_minor: 900n },
			{ currency: 'usd', min_minor: null, max_minor: 900n },
		])
		await set('google_pay', { isOn: true })
		await set('google_pay', { countries: null })
		await set('google_pay', { currency: 'usd', limits: { minMinor: null, maxMinor: null } })
		expect(await offered(QUERY)).toContain('google_pay')
	})

	test.each<[MethodType, MethodChange, string]>([
		['sepa_debit', { countries: ['US'] }, 'countries'],
		['card', { countries: ['XX'] }, 'countries'],
		['card', { countries: [] }, 'countries'],
		['card', { currency: 'clf', limits: { minMinor: 1n, maxMinor: null } }, 'currency'],
		['card', { currency: 'usd', limits: { minMinor: 49n, maxMinor: null } }, 'min'],
		['card', { currency: 'usd', limits: { minMinor: 500n, maxMinor: 499n } }, 'max'],
		['paypal', { isOn: false }, 'method'],
	])('%s %o is refused, naming %s', async (type, change, param) => {
		await expect(set(type, change)).rejects.toMatchObject({ kind: 'invalid', param })
	})
})

describe('a payment by a method that is not offered', () => {
	const pay = (fields: object, headers = {}) =>
		house.call(
			'POST',
			'/api/v1/payments',
			{ amount: 5_000, currency: 'usd', confirm: true, ...fields },
			headers,
		)

	test.each([
		['amount_too_small', 'amount', { amount: 49, payment_method: 'pm_card_visa' }],
		['amount_too_large', 'amount', { amount: 100_000_000, payment_method: 'pm_card_visa' }],
		['payment_method_not_offered', 'currency', { currency: 'clf', payment_method: 'pm_card_visa' }],
		['payment_method_not_offered', 'payment_method', { payment_method: 'link' }],
		[
			'payment_method_not_offered',
			'capture_method',
			{ currency: 'eur', capture_method: 'manual', payment_method: 'sepa_debit' },
		],
	])('%s, naming %s, and nothing is written: %j', async (code, param, fields) => {
		const before = await countRows(house)
		expectRefusal(await pay(fields), 400, { code, param })
		expect(await countRows(house)).toEqual(before)
	})

	test('is refused when it is confirmed later, and can then be confirmed otherwise', async () => {
		const created = await pay({ confirm: false })
		const confirm = (method: string) =>
			house.call('POST', `/api/v1/payments/${String(created.body['id'])}/confirm`, { payment_method: method })
		expectRefusal(await confirm('link'), 400, {
			code: 'payment_method_not_offered',
			param: 'payment_method',
		})
		expect(await confirm('pm_card_visa')).toMatchObject({ status: 200, body: { status: 'screening' } })
	})

	test('what was taken before is answered as it was then', async () => {
		await set('link', { isOn: true })
		const key = { 'idempotency-key': randomUUID() }
		const first = await pay({ payment_method: 'link' }, key)
		expect(first.status, first.text).toBe(201)
		await set('link', { isOn: false })
		expect(await pay({ payment_method: 'link' }, key)).toMatchObject({ status: 201, text: first.text })
		expect(await pay({ payment_method: 'link' })).toMatchObject({ status: 400 })
	})
})

describe('the checkout', () => {
	const order = async () => {
		const items = [{ productId: PRODUCTS[0].id, quantity: 1 }]
		return (await openCheckoutSession(house.services, { items })).sessionId
	}

	test('shows what is offered for the order, wallets first', async () => {
		const view = await presentCheckout(house.services, { sessionId: await order(), country: 'DE' })
		const ours = view?.methods.filter(({ gateway }) => gateway === 'stripe')
		expect(ours?.map(({ type }) => type).slice(0, 3)).toEqual(['apple_pay', 'google_pay', 'card'])
		expect(ours?.find(({ type }) => type === 'card')).toEqual({
			type: 'card',
			title: 'Card',
			gateway: 'stripe',
			settlesLater: false,
			redirects: false,
			note: null,
		})
	})

	test('refuses what is not, in words for the shopper', async () => {
		const answer = await house.call(
			'POST',
			`/checkout/${await order()}/confirm`,
			{ method: 'link', confirmation_token: 'ctoken_test_link' },
			{ 'sec-fetch-site': 'same-origin' },
		)
		expectRefusal(answer, 400, { code: 'payment_method_not_offered', param: 'method' })
		expect(answer.text).toContain('Nothing was charged')
		expect(answer.text).not.toContain('settings')
	})
})
