import { delay, http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChargeRequest } from '../../domain/payments/ports.ts'
import { markOpen } from '../../telemetry/open-transaction.server.ts'
import { createPayPal } from './paypal.server.ts'

const BASE = 'http://paypal.invalid'
const ORDERS = `${BASE}/v2/checkout/orders`
const server = setupServer()
let tokens = 0
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
	tokens = 0
	server.use(
		http.post(`${BASE}/v1/oauth2/token`, () =>
			HttpResponse.json({ access_token: `token-${++tokens}`, token_type: 'Bearer', expires_in: 32_400 }),
		),
	)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const gatewayWith = (changes: { timeoutMs?: number; state?: 'test' | 'missing_key' } = {}) =>
	createPayPal({
		state: 'test',
		clientId: 'client',
		clientSecret: 'secret',
		webhookId: null,
		apiBase: BASE,
		sandboxOrigin: null,
		brandName: 'Tillhouse Goods',
		timeoutMs: 1_000,
		...changes,
	}).payments

const REQUEST: ChargeRequest = {
	attemptId: 'att_1',
	paymentId: 'pay_1',
	amountMinor: 1_999n,
	currency: 'eur',
	method: 'paypal',
	methodType: 'paypal',
	capture: 'automatic',
	description: 'x'.repeat(500),
	receiptEmail: null,
	payerPresent: true,
	returnUrl: 'https://shop.test/thanks',
	cancelUrl: 'https://shop.test/basket',
}

type Asked = { times: number; ids: Set<string | null>; bodies: unknown[]; headers: Headers[] }

/** Answers every call of this kind like this and remembers what was asked. */
function answering(answer: () => Response | Promise<Response>, url = ORDERS): Asked {
	const asked: Asked = { times: 0, ids: new Set(), bodies: [], headers: [] }
	server.use(
		http.post(url, async ({ request }) => {
			asked.times += 1
			asked.ids.add(request.headers.get('paypal-request-id'))
			asked.headers.push(request.headers)
			asked.bodies.push(await request.json().catch(() => null))
			return (await answer()) as HttpResponse<string>
		}),
	)
	return asked
}

const failing =
	(status: number, name: string, issue?: string, links: object[] = []) =>
	() =>
		HttpResponse.json(
			{ name, message: 'Words of PayPal.', debug_id: '1', links, ...(issue && { details: [{ issue }] }) },
			{ status },
		)

describe('what PayPal is told', () => {
	test('the order, its marks, and where the payer comes back', async () => {
		const link = { rel: 'payer-action', href: 'https://www.paypal.com/checkoutnow?token=O1' }
		const asked = answering(() =>
			HttpResponse.json({ id: 'O1', status: 'PAYER_ACTION_REQUIRED', links: [link] }),
		)
		expect(await gatewayWith().charge(REQUEST)).toEqual({
			kind: 'action_needed',
			ref: 'O1',
			url: 'https://www.paypal.com/checkoutnow?token=O1',
		})
		expect(asked.bodies).toEqual([
			{
				intent: 'CAPTURE',
				purchase_units: [
					{
						amount: { currency_code: 'EUR', value: '19.99' },
						custom_id: 'att_1',
						invoice_id: 'pay_1:att_1',
						description: 'x'.repeat(127),
					},
				],
				payment_source: {
					paypal: {
						experience_context: {
							return_url: 'https://shop.test/thanks',
							cancel_url: 'https://shop.test/basket',
							user_action: 'PAY_NOW',
							shipping_preference: 'NO_SHIPPING',
							brand_name: 'Tillhouse Goods',
						},
					},
				},
			},
		])
		const [headers] = asked.headers
		expect(headers?.get('prefer')).toBe('return=representation')
		expect(headers?.get('paypal-request-id')).toBe('att_1')
		expect(headers?.get('authorization')).toBe('Bearer token-1')
	})

	test('a card by its token, and to hold instead of taking', async () => {
		const asked = answering(() => HttpResponse.json({ id: 'O1', status: 'CREATED' }))
		await gatewayWith().charge({ ...REQUEST, method: 'sut_1', capture: 'manual', payerPresent: false })
		expect(asked.bodies).toMatchObject([
			{
				intent: 'AUTHORIZE',
				payment_source: {
					card: {
						single_use_token: 'sut_1',
						attributes: { verification: { method: 'SCA_WHEN_REQUIRED' } },
					},
				},
			},
		])
	})

	test.each([
		['a method of somebody else', { method: 'pm_card_visa' }, 'method_unknown'],
		['a payer who is not there', { payerPresent: false }, 'payer_required'],
		['a currency PayPal does not hold', { currency: 'isk' }, 'amount_not_supported'],
	])('nothing at all about %s', async (_what, changes, code) => {
		const asked = answering(() => HttpResponse.json({}))
		const outcome = await gatewayWith().charge({ ...REQUEST, ...changes })
		expect(outcome).toMatchObject({ kind: 'declined', ref: null, code })
		expect(outcome).toMatchObject({ message: expect.stringContaining('Nothing was charged') as string })
		expect({ asked: asked.times, tokens }).toEqual({ asked: 0, tokens: 0 })
	})

	test('nothing at all while there are no keys', async () => {
		const asked = answering(() => HttpResponse.json({}))
		expect(await gatewayWith({ state: 'missing_key' }).charge(REQUEST)).toMatchObject({ code: 'gateway_off' })
		expect({ asked: asked.times, tokens }).toEqual({ asked: 0, tokens: 0 })
	})

	test('nothing while a transaction is open', async () => {
		await expect(markOpen(() => gatewayWith().charge(REQUEST))).rejects.toThrow('transaction is open')
		await expect(markOpen(() => gatewayWith().findRefund('R1'))).rejects.toThrow('transaction is open')
	})
})

describe('a charge whose fate nobody knows', () => {
	test.each<[string, () => Response | Promise<Response>]>([
		['500', failing(500, 'INTERNAL_SERVER_ERROR')],
		['503', failing(503, 'SERVICE_UNAVAILABLE')],
		['409', failing(409, 'RESOURCE_CONFLICT', 'PREVIOUS_REQUEST_IN_PROGRESS')],
		['422 about a call under way', failing(422, 'UNPROCESSABLE_ENTITY', 'PREVIOUS_REQUEST_IN_PROGRESS')],
		[
			'422 about a completion under way',
			failing(422, 'UNPROCESSABLE_ENTITY', 'ORDER_COMPLETION_IN_PROGRESS'),
		],
		['429', failing(429, 'RATE_LIMIT_REACHED')],
		['401', failing(401, 'AUTHENTICATION_FAILURE')],
		['403', failing(403, 'NOT_AUTHORIZED', 'PERMISSION_DENIED')],
		['404', failing(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID')],
		['an invoice that was paid before', failing(422, 'UNPROCESSABLE_ENTITY', 'DUPLICATE_INVOICE_ID')],
		['a key that was used before', failing(422, 'UNPROCESSABLE_ENTITY', 'DUPLICATE_REQUEST_ID')],
		['redirect', () => HttpResponse.text('', { status: 302, headers: { location: `${BASE}/elsewhere` } })],
		['page of HTML', () => HttpResponse.html('<h1>502 Bad Gateway</h1>', { status: 502 })],
		['refusal in HTML', () => HttpResponse.html('<h1>No</h1>', { status: 422 })],
		['half an answer', () => HttpResponse.text('{"id":"O1","sta', { status: 200 })],
		['another shape', () => HttpResponse.json({ id: 7, status: [] })],
		['nothing', () => HttpResponse.json({})],
		['broken connection', () => HttpResponse.error()],
	])('%s: unknown, and asked exactly once under its own key', async (_name, answer) => {
		const asked = answering(answer)
		expect(await gatewayWith().charge(REQUEST)).toMatchObject({ kind: 'unknown', ref: null })
		expect(asked).toMatchObject({ times: 1, ids: new Set(['att_1']) })
	})

	test('silence: unknown once the time is up, and not repeated', async () => {
		const asked = answering(async () => {
			await delay('infinite')
			return HttpResponse.json({})
		})
		const outcome = await gatewayWith({ timeoutMs: 50 }).charge(REQUEST)
		expect(outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('timeout') as string })
		expect(asked.times).toBe(1)
	})

	test('an order in a state we do not know', async () => {
		answering(() => HttpResponse.json({ id: 'O1', status: 'DREAMING' }))
		expect(await gatewayWith().charge(REQUEST)).toMatchObject({ kind: 'unknown', ref: 'O1' })
	})

	test('money in a state, or of an amount, we cannot read', async () => {
		const order = (capture: object) => ({
			id: 'O1',
			status: 'COMPLETED',
			purchase_units: [{ payments: { captures: [{ id: 'C1', ...capture }] } }],
		})
		for (const capture of [
			{ status: 'LEVITATING', amount: { currency_code: 'EUR', value: '19.99' } },
			{ status: 'COMPLETED', amount: { currency_code: 'EUR', value: 'a lot' } },
			{ status: 'COMPLETED' },
		]) {
			answering(() => HttpResponse.json(order(capture)))
			expect(await gatewayWith().charge(REQUEST)).toMatchObject({ kind: 'unknown', ref: 'O1' })
		}
	})
})

describe('a charge that was certainly not made', () => {
	test('names PayPal’s issue and says it in plain words', async () => {
		answering(failing(422, 'UNPROCESSABLE_ENTITY', 'PAYER_ACCOUNT_RESTRICTED'))
		expect(await gatewayWith().charge(REQUEST)).toEqual({
			kind: 'declined',
			ref: null,
			code: 'PAYER_ACCOUNT_RESTRICTED',
			declineCode: null,
			message: 'This account cannot pay at the moment. Nothing was charged. Pay another way.',
		})
	})

	test('a request PayPal calls invalid', async () => {
		answering(failing(400, 'INVALID_REQUEST', 'MISSING_REQUIRED_PARAMETER'))
		expect(await gatewayWith().charge(REQUEST)).toMatchObject({
			kind: 'declined',
			code: 'MISSING_REQUIRED_PARAMETER',
			message: 'PayPal refused the payment: Words of PayPal. Nothing was charged.',
		})
	})
})

describe('a completion', () => {
	const complete = () => gatewayWith().complete(REQUEST, { ref: 'O1', approval: 2 })
	const link = (rel: string) => ({ rel, href: `https://www.paypal.com/checkoutnow?token=O1&${rel}` })

	test('has a key of its own for each approval', async () => {
		const asked = answering(failing(500, 'INTERNAL_SERVER_ERROR'), `${ORDERS}/O1/capture`)
		expect(await complete()).toMatchObject({ kind: 'unknown', ref: 'O1' })
		expect(asked.ids).toEqual(new Set(['att_1:complete:2']))
	})

	test.each(['INSTRUMENT_DECLINED', 'REDIRECT_PAYER_FOR_ALTERNATE_FUNDING', 'PAYER_ACTION_REQUIRED'])(
		'that ends in %s sends the payer on',
		async (issue) => {
			answering(
				failing(422, 'UNPROCESSABLE_ENTITY', issue, [link('information_link'), link('redirect')]),
				`${ORDERS}/O1/capture`,
			)
			expect(await complete()).toEqual({ kind: 'action_needed', ref: 'O1', url: link('redirect').href })
		},
	)

	test('that ends in a refusal for good', async () => {
		answering(failing(422, 'UNPROCESSABLE_ENTITY', 'TRANSACTION_REFUSED'), `${ORDERS}/O1/capture`)
		expect(await complete()).toMatchObject({ kind: 'declined', ref: 'O1', code: 'TRANSACTION_REFUSED' })
	})

	test('of an order that was captured before: the order says what was taken', async () => {
		answering(failing(422, 'UNPROCESSABLE_ENTITY', 'ORDER_ALREADY_CAPTURED'), `${ORDERS}/O1/capture`)
		const capture = {
			id: 'C1',
			status: 'COMPLETED',
			amount: { currency_code: 'EUR', value: '19.99' },
			seller_receivable_breakdown: {
				gross_amount: { currency_code: 'EUR', value: '19.99' },
				paypal_fee: { currency_code: 'USD', value: '1.19' },
			},
		}
		const units = [{ payments: { captures: [capture] } }]
		server.use(
			http.get(`${ORDERS}/O1`, () =>
				HttpResponse.json({ id: 'O1', status: 'COMPLETED', purchase_units: units }),
			),
		)
		expect(await complete()).toEqual({
			kind: 'captured',
			ref: 'O1',
			chargeRef: 'C1',
			amountMinor: 1_999n,
			currency: 'eur',
			// Taken in another currency: not known in the payment's.
			feeMinor: null,
		})
	})

	test('of an order that was captured before and cannot be looked at stays unknown', async () => {
		answering(failing(422, 'UNPROCESSABLE_ENTITY', 'ORDER_ALREADY_CAPTURED'), `${ORDERS}/O1/capture`)
		server.use(http.get(`${ORDERS}/O1`, () => HttpResponse.error()))
		expect(await complete()).toMatchObject({ kind: 'unknown', ref: 'O1' })
	})
})

describe('access tokens', () => {
	test('are shared by calls at the same time, and kept', async () => {
		const asked = answering(() => HttpResponse.json({ id: 'O1', status: 'CREATED' }))
		const gateway = gatewayWith()
		await Promise.all(Array.from({ length: 8 }, () => gateway.charge(REQUEST)))
		await gateway.charge(REQUEST)
		expect({ asked: asked.times, tokens }).toEqual({ asked: 9, tokens: 1 })
	})

	test('that PayPal no longer takes are replaced for the next call; the refused one is not repeated', async () => {
		const asked = answering(failing(401, 'AUTHENTICATION_FAILURE'))
		const gateway = gatewayWith()
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'unknown' })
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'unknown' })
		expect(asked.headers.map((headers) => headers.get('authorization'))).toEqual([
			'Bearer token-1',
			'Bearer token-2',
		])
	})

	test('that cannot be had leave the outcome open, and are asked for again', async () => {
		const asked = answering(() => HttpResponse.json({ id: 'O1', status: 'CREATED' }))
		const gateway = gatewayWith()
		server.use(
			http.post(`${BASE}/v1/oauth2/token`, () => HttpResponse.json({}, { status: 500 }), { once: true }),
		)
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'unknown' })
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'action_needed' })
		expect(asked.times).toBe(1)
	})
})
