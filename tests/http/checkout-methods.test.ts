import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import type { Payment } from '#app/contracts/payments.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { openHouse, type House } from '#tests/support/house.ts'

let house: House
beforeAll(async () => {
	house = await openHouse()
})
afterAll(() => house.close())

const ASKS = 'pm_card_authenticationRequired'

async function order(): Promise<string> {
	const productId = PRODUCTS[0].id
	const { sessionId } = await openCheckoutSession(house.services, { items: [{ productId, quantity: 1 }] })
	return sessionId
}

const post = (sessionId: string, verb: string, body?: object) =>
	house.call('POST', `/checkout/${sessionId}/${verb}`, body, {
		'sec-fetch-site': 'same-origin',
		'idempotency-key': randomUUID(),
	})
const confirm = (sessionId: string, body: object) =>
	post(sessionId, 'confirm', { email: 'ada@example.com', ...body })
const paymentIn = (answer: { body: Record<string, unknown> }) => answer.body['payment'] as Payment

async function until(sessionId: string, status: Payment['status']): Promise<Payment> {
	return vi.waitFor(
		async () => {
			const payment = paymentIn(await post(sessionId, 'refresh'))
			expect(payment.status).toBe(status)
			return payment
		},
		{ timeout: 20_000, interval: 50 },
	)
}

const nextAction = async (sessionId: string) =>
	(await house.call('GET', `/checkout/${sessionId}/next-action`)).body as { kind: string; url?: string }

/** What the payer presses on the page PayPal shows. */
async function answerAtPayPal(sessionId: string, outcome: 'pay' | 'cancel'): Promise<string | null> {
	const { kind, url } = await nextAction(sessionId)
	expect(kind).toBe('redirect')
	const answer = await fetch(url ?? '', {
		method: 'POST',
		body: new URLSearchParams({ outcome, course: 'succeeds' }),
		redirect: 'manual',
	})
	expect(answer.status).toBe(303)
	return answer.headers.get('location')
}

const attemptsOf = async (payment: Payment) =>
	house.owner
		.selectFrom('payment_attempts')
		.select(['provider', 'status', 'code'])
		.where('payment_id', '=', payment.id)
		.orderBy('number')
		.execute()

describe('what is said of the method', () => {
	test.each([
		['no token for a card', { method: 'card' }, 'confirmation_token'],
		['a token for PayPal', { method: 'paypal', confirmation_token: 'ctoken_1' }, 'confirmation_token'],
		['a method nobody has', { method: 'beads', confirmation_token: 'ctoken_1' }, 'method'],
		[
			'another gateway nobody has',
			{ confirmation_token: 'pm_card_visa', alternates: { acme: 'tok_1' } },
			'alternates.acme',
		],
		[
			'an empty token for another gateway',
			{ confirmation_token: 'pm_card_visa', alternates: { paypal: '' } },
			'alternates.paypal',
		],
	])('%s is refused and named', async (_what, body, param) => {
		const answer = await confirm(await order(), body)
		expect(answer.status, answer.text).toBe(400)
		expect(answer.body['error']).toMatchObject({ param })
	})

	test('a card is what is meant when nothing is said, and its alternates are kept', async () => {
		const sessionId = await order()
		const alternates = { paypal: 'sut_4242' }
		expect((await confirm(sessionId, { confirmation_token: 'pm_card_visa', alternates })).status).toBe(200)
		const paid = await until(sessionId, 'succeeded')
		expect(paid.payment_method).toMatchObject({ type: 'card', brand: 'visa', last4: '4242' })
		const row = await house.owner
			.selectFrom('payments')
			.select(['method_type', 'fallback_methods'])
			.where('id', '=', paid.id)
			.executeTakeFirst()
		expect(row).toEqual({ method_type: 'card', fallback_methods: alternates })
	})
})

describe('PayPal', () => {
	test('is said yes to at its own page, and paid when the shopper is back', async () => {
		const sessionId = await order()
		await confirm(sessionId, { method: 'paypal' })
		const waiting = await until(sessionId, 'requires_action')
		expect(waiting.payment_method).toMatchObject({ type: 'paypal', last4: null })
		const back = await answerAtPayPal(sessionId, 'pay')
		expect(back).toContain(`/checkout/${sessionId}?token=`)
		const paid = await until(sessionId, 'succeeded')
		expect(await attemptsOf(paid)).toEqual([{ provider: 'paypal', status: 'succeeded', code: null }])
	})

	test('may be called off there: nothing is charged, and a card pays the same order', async () => {
		const sessionId = await order()
		await confirm(sessionId, { method: 'paypal' })
		await until(sessionId, 'requires_action')
		expect(await answerAtPayPal(sessionId, 'cancel')).toContain('?canceled=paypal')

		const answers = await Promise.all([post(sessionId, 'abandon'), post(sessionId, 'abandon')])
		for (const answer of [...answers, await post(sessionId, 'abandon')]) {
			expect(answer.status, answer.text).toBe(200)
			expect(paymentIn(answer)).toMatchObject({
				status: 'requires_payment_method',
				last_payment_error: {
					code: 'canceled_by_payer',
					message: 'You called it off at PayPal. Nothing was charged.',
				},
			})
		}
		await confirm(sessionId, { confirmation_token: 'pm_card_visa' })
		const paid = await until(sessionId, 'succeeded')
		expect(await attemptsOf(paid)).toEqual([
			{ provider: 'paypal', status: 'declined', code: 'canceled_by_payer' },
			{ provider: 'stripe', status: 'succeeded', code: null },
		])
	})

	test('takes no money for a yes that comes after it was called off', async () => {
		const sessionId = await order()
		await confirm(sessionId, { method: 'paypal' })
		await until(sessionId, 'requires_action')
		const { url } = await nextAction(sessionId)
		await post(sessionId, 'abandon')
		await fetch(url ?? '', {
			method: 'POST',
			body: new URLSearchParams({ outcome: 'pay' }),
			redirect: 'manual',
		})
		const payment = paymentIn(await post(sessionId, 'refresh'))
		expect(payment).toMatchObject({ status: 'requires_payment_method', amount_captured: 0 })
		expect(await attemptsOf(payment)).toEqual([
			{ provider: 'paypal', status: 'declined', code: 'canceled_by_payer' },
		])
	})

	test('a yes we have heard of is not called off any more', async () => {
		const sessionId = await order()
		await confirm(sessionId, { method: 'paypal' })
		await until(sessionId, 'requires_action')
		await answerAtPayPal(sessionId, 'pay')
		await post(sessionId, 'refresh')
		await post(sessionId, 'abandon')
		expect(await until(sessionId, 'succeeded')).toMatchObject({ last_payment_error: null })
	})
})

describe('the question of a card’s bank', () => {
	test('may be left for another card, whatever the gateway’s own message says meanwhile', async () => {
		const sessionId = await order()
		await confirm(sessionId, { confirmation_token: ASKS })
		await until(sessionId, 'requires_action')
		const called = paymentIn(await post(sessionId, 'abandon'))
		expect(called).toMatchObject({
			status: 'requires_payment_method',
			last_payment_error: { code: 'canceled_by_payer' },
		})
		await confirm(sessionId, { confirmation_token: 'pm_card_mastercard' })
		expect(await until(sessionId, 'succeeded')).toMatchObject({ payment_method: { brand: 'mastercard' } })
	})
})

describe('calling off', () => {
	test('does nothing before anything was tried, and to a payment that is paid', async () => {
		const sessionId = await order()
		expect((await post(sessionId, 'abandon')).body).toEqual({ payment: null })
		await confirm(sessionId, { confirmation_token: 'pm_card_visa' })
		await until(sessionId, 'succeeded')
		expect(paymentIn(await post(sessionId, 'abandon')).status).toBe('succeeded')
	})

	test('is for the order’s own page only', async () => {
		const sessionId = await order()
		const path = `/checkout/${sessionId}/abandon`
		const foreign = await house.call('POST', path, {}, { 'sec-fetch-site': 'cross-site' })
		expect(foreign.status).toBe(403)
		expect((await post('cs_00000000000000000000000000', 'abandon')).status).toBe(404)
	})
})
