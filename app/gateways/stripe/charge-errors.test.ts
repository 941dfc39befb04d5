import { delay, http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChargeRequest } from '../../domain/payments/ports.ts'
import { createStripePayments } from './payments.server.ts'
import { createStripe } from './client.server.ts'

const BASE = 'http://stripe.invalid'
const INTENTS = `${BASE}/v1/payment_intents`
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const gateway = createStripePayments(
	createStripe({ secretKey: 'sk_test_1', apiBase: BASE, timeoutMs: 1_000 }),
)

const REQUEST: ChargeRequest = {
	attemptId: 'att_1',
	paymentId: 'pay_1',
	amountMinor: 1_999n,
	currency: 'eur',
	method: 'pm_card_visa',
	capture: 'automatic',
	description: null,
	receiptEmail: null,
	payerPresent: false,
	methodType: null,
	cancelUrl: 'https://shop.example',
	returnUrl: 'https://shop.test/',
}

/** Answers every charge like this and counts how often it was asked. */
function answering(answer: () => Response | Promise<Response>) {
	const asked = { times: 0, keys: new Set<string | null>() }
	server.use(
		http.post(INTENTS, ({ request }) => {
			asked.times += 1
			asked.keys.add(request.headers.get('idempotency-key'))
			return answer() as HttpResponse<string>
		}),
	)
	return asked
}

const failing = (status: number, error: object) => () => HttpResponse.json({ error }, { status })

describe('a charge whose fate nobody knows', () => {
	test.each<[string, () => Response | Promise<Response>]>([
		['500', failing(500, { type: 'api_error', message: 'An unknown error occurred.' })],
		['503', failing(503, { type: 'api_error', message: 'Overloaded.' })],
		['409', failing(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'In use.' })],
		['429', failing(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many.' })],
		['401', failing(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' })],
		['403', failing(403, { type: 'invalid_request_error', message: 'Not permitted.' })],
		['idempotency error', failing(400, { type: 'idempotency_error', message: 'Keys for other parameters.' })],
		['page of HTML', () => HttpResponse.html('<h1>502 Bad Gateway</h1>', { status: 502 })],
		['half an answer', () => HttpResponse.text('{"id":"pi_1","sta', { status: 200 })],
		['broken connection', () => HttpResponse.error()],
	])('%s: unknown, and asked exactly once under its own key', async (_name, answer) => {
		const asked = answering(answer)
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'unknown', ref: null })
		expect(asked).toEqual({ times: 1, keys: new Set(['att_1']) })
	})

	// The SDK's fetch client, because msw's sockets never time out.
	test('silence: unknown once the time is up, and not repeated', async () => {
		const impatient = createStripePayments(
			new Stripe('sk_test_1', {
				host: 'stripe.invalid',
				port: 80,
				protocol: 'http',
				httpClient: Stripe.createFetchHttpClient(),
				timeout: 50,
				maxNetworkRetries: 0,
			}),
		)
		const asked = answering(async () => {
			await delay('infinite')
			return HttpResponse.json({})
		})
		const outcome = await impatient.charge(REQUEST)
		expect(outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('timeout') })
		expect(asked.times).toBe(1)
	})

	test('an intent in a state we do not know', async () => {
		answering(() =>
			HttpResponse.json({ id: 'pi_1', object: 'payment_intent', status: 'requires_confirmation' }),
		)
		expect(await gateway.charge(REQUEST)).toMatchObject({ kind: 'unknown', ref: 'pi_1' })
	})
})

describe('a charge that was certainly not made', () => {
	test('a declined card names the code, its reason and the intent', async () => {
		answering(
			failing(402, {
				type: 'card_error',
				code: 'card_declined',
				decline_code: 'insufficient_funds',
				message: 'Your card has insufficient funds.',
				payment_intent: { id: 'pi_1', object: 'payment_intent', status: 'requires_payment_method' },
			}),
		)
		expect(await gateway.charge(REQUEST)).toEqual({
			kind: 'declined',
			ref: 'pi_1',
			code: 'card_declined',
			declineCode: 'insufficient_funds',
			message: 'The card does not have enough funds. Nothing was charged. Try another card.',
		})
	})

	test.each(['lost_card', 'stolen_card'])('a %s is not named to whoever holds it', async (decline_code) => {
		answering(failing(402, { type: 'card_error', code: 'card_declined', decline_code, message: 'No.' }))
		const outcome = await gateway.charge(REQUEST)
		expect(outcome).toMatchObject({ kind: 'declined', declineCode: decline_code })
		expect('message' in outcome && outcome.message).not.toMatch(/lost|stolen/i)
	})

	test('a request the gateway calls invalid', async () => {
		answering(
			failing(400, {
				type: 'invalid_request_error',
				code: 'resource_missing',
				message: "No such PaymentMethod: 'pm_none'",
			}),
		)
		expect(await gateway.charge(REQUEST)).toMatchObject({
			kind: 'declined',
			ref: null,
			code: 'resource_missing',
			message: "The gateway refused the payment: No such PaymentMethod: 'pm_none' Nothing was charged.",
		})
	})
})

describe('refunds', () => {
	const REFUND = { refundId: 're_1', paymentRef: 'pi_1', amountMinor: 500n, currency: 'eur', reason: null }
	const refunding = (answer: () => Response) => server.use(http.post(`${BASE}/v1/refunds`, answer))

	test.each([500, 409, 429])('a %i says nothing about the money', async (status) => {
		refunding(failing(status, { type: 'api_error', message: 'Try again.' }))
		expect(await gateway.refund(REFUND)).toMatchObject({ kind: 'unknown' })
	})

	test('a refund refused as invalid has failed', async () => {
		refunding(
			failing(400, {
				type: 'invalid_request_error',
				code: 'charge_already_refunded',
				message: 'Has already been refunded.',
			}),
		)
		expect(await gateway.refund(REFUND)).toEqual({
			kind: 'failed',
			ref: null,
			reason: 'charge_already_refunded',
		})
	})
})
