import { CheckoutPaymentIntent } from '@paypal/paypal-server-sdk'
import { describe, expect, test } from 'vitest'
import {
	CANCEL_URL,
	linkOf,
	openPayPal,
	type PayPal,
	press,
	refusal,
	requestId,
	RETURN_URL,
	unit,
} from './paypal-gateway.ts'

const EXPIRES = String(new Date().getFullYear() + 1)

const typed = (url: string, card: Record<string, string>, headers: Record<string, string> = {}) =>
	fetch(`${url}/paypal/sandbox/card-tokens`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify({
			number: '4242424242424242',
			exp_month: '12',
			exp_year: EXPIRES,
			cvc: '123',
			...card,
		}),
	})

async function tokenFor(url: string, number: string): Promise<string> {
	const response = await typed(url, { number })
	const { single_use_token } = (await response.json()) as { single_use_token: string }
	return single_use_token
}

const pay = async (
	{ orders }: PayPal,
	singleUseToken: string,
	intent = CheckoutPaymentIntent.Capture,
	more: object = {},
) =>
	(
		await orders.createOrder({
			paypalRequestId: requestId(),
			prefer: 'return=representation',
			body: {
				intent,
				purchaseUnits: [unit()],
				paymentSource: {
					card: {
						singleUseToken,
						experienceContext: { returnUrl: RETURN_URL, cancelUrl: CANCEL_URL },
						...more,
					},
				},
			},
		})
	).result

const captureOf = (order: Awaited<ReturnType<typeof pay>>) =>
	order.purchaseUnits?.[0]?.payments?.captures?.[0]

test('a typed card pays at once, and its token once', async () => {
	const paypal = await openPayPal()
	const token = await tokenFor(paypal.url, '4242 4242 4242 4242')
	expect(token).toMatch(/^sut_/)
	const order = await pay(paypal, token)
	expect(order).toMatchObject({
		status: 'COMPLETED',
		paymentSource: { card: { lastDigits: '4242', brand: 'VISA', expiry: `${EXPIRES}-12` } },
	})
	expect(captureOf(order)).toMatchObject({ status: 'COMPLETED', processorResponse: { responseCode: '0000' } })
	expect(await refusal(pay(paypal, token))).toMatchObject({ status: 422, issue: 'TOKEN_EXPIRED' })
})

test.each([
	['4000000000000002', '0500'],
	['4000000000009995', '5120'],
	['4000000000009987', '9520'],
	['4000000000009979', '9520'],
	['4000000000000069', '5400'],
	['4000000000000127', '5110'],
	['4100000000000019', '9500'],
])('the bank of %s says no: %s', async (number, responseCode) => {
	const paypal = await openPayPal()
	const order = await pay(paypal, await tokenFor(paypal.url, number))
	// As PayPal has it: the order is done with, and its capture was declined.
	expect(order.status).toBe('COMPLETED')
	expect(captureOf(order)).toMatchObject({ status: 'DECLINED', processorResponse: { responseCode } })
	expect(paypal.books.paypalTransactions.size).toBe(0)
	expect(paypal.books.paypalEvents.all().map(({ type }) => type)).toEqual(['PAYMENT.CAPTURE.DECLINED'])
})

test('trouble at the other gateway is none here', async () => {
	const paypal = await openPayPal()
	const order = await pay(paypal, await tokenFor(paypal.url, '4000000000000119'))
	expect(captureOf(order)?.status).toBe('COMPLETED')
})

test('a card is authorised, and denied', async () => {
	const paypal = await openPayPal()
	const states = []
	for (const token of ['sut_visa', 'sut_declined']) {
		const order = await pay(paypal, token, CheckoutPaymentIntent.Authorize)
		states.push(order.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.status)
	}
	expect(states).toEqual(['CREATED', 'DENIED'])
})

describe('authentication', () => {
	test('the payer confirms, and the shop takes the money', async () => {
		const paypal = await openPayPal()
		const order = await pay(paypal, 'sut_3ds')
		const id = String(order.id)
		expect(order.status).toBe('PAYER_ACTION_REQUIRED')
		const back = await press(linkOf(order.links, 'payer-action'), 'pay')
		expect(back.headers.get('location')).toBe(`${RETURN_URL}&token=${id}`)
		const { result } = await paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
		expect(result).toMatchObject({
			status: 'COMPLETED',
			paymentSource: { card: { authenticationResult: { liabilityShift: 'POSSIBLE' } } },
		})
	})

	test('the payer fails, and nothing can be taken', async () => {
		const paypal = await openPayPal()
		const order = await pay(paypal, 'sut_3ds')
		const id = String(order.id)
		const back = await press(linkOf(order.links, 'payer-action'), 'cancel')
		expect(back.headers.get('location')).toBe(`${CANCEL_URL}?token=${id}`)
		const taken = paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
		expect(await refusal(taken)).toMatchObject({ status: 422, issue: 'PAYER_ACTION_REQUIRED' })
		const { result } = await paypal.orders.getOrder({ id })
		expect(result.paymentSource?.card?.authenticationResult?.liabilityShift).toBe('NO')
	})
})

test.each([
	['4000000000007726', 'COMPLETED', 'REFUNDED', 2, 'PAYMENT.CAPTURE.REFUNDED'],
	['4000000000005126', 'FAILED', 'COMPLETED', 1, 'PAYMENT.REFUND.FAILED'],
])('a refund to %s is pending, then %s', async (number, refundState, captureState, moves, news) => {
	const paypal = await openPayPal({ clockFactor: 1 })
	const captureId = String(captureOf(await pay(paypal, await tokenFor(paypal.url, number)))?.id)
	const { result } = await paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: requestId() })
	expect(result.status).toBe('PENDING')
	const again = paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: requestId() })
	expect(await refusal(again)).toMatchObject({ issue: 'CAPTURE_FULLY_REFUNDED' })
	expect(paypal.books.paypalTransactions.size).toBe(1)
	await paypal.control('POST', '/advance', { seconds: 601 })
	const refund = await paypal.payments.getRefund({ refundId: String(result.id) })
	expect(refund.result.status).toBe(refundState)
	expect((await paypal.payments.getCapturedPayment({ captureId })).result.status).toBe(captureState)
	expect(paypal.books.paypalTransactions.size).toBe(moves)
	expect(paypal.books.paypalEvents.all().map(({ type }) => type)).toEqual([
		'PAYMENT.CAPTURE.COMPLETED',
		'PAYMENT.REFUND.PENDING',
		news,
	])
})

test('an order made without a way to pay is given one', async () => {
	const paypal = await openPayPal()
	const { result: bare } = await paypal.orders.createOrder({
		body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [unit()] },
	})
	const id = String(bare.id)
	const confirm = (token: string) =>
		paypal.api('POST', `/v2/checkout/orders/${id}/confirm-payment-source`, {
			payment_source: { card: { single_use_token: token } },
		})
	expect((await confirm('sut_3ds')).body.status).toBe('PAYER_ACTION_REQUIRED')
	expect((await confirm('sut_visa')).body.status).toBe('APPROVED')
	const { result } = await paypal.orders.captureOrder({ id, paypalRequestId: requestId() })
	expect(captureOf(result)).toMatchObject({ status: 'COMPLETED', amount: { value: '50.00' } })
})

test('a card is kept for later and charged again', async () => {
	const paypal = await openPayPal()
	const order = await pay(
		paypal,
		await tokenFor(paypal.url, '5555555555554444'),
		CheckoutPaymentIntent.Capture,
		{
			attributes: { vault: { storeInVault: 'ON_SUCCESS' } },
		},
	)
	const vaultId = order.paymentSource?.card?.attributes?.vault?.id
	for (let time = 0; time < 2; time++) {
		const { result } = await paypal.orders.createOrder({
			paypalRequestId: requestId(),
			prefer: 'return=representation',
			body: {
				intent: CheckoutPaymentIntent.Capture,
				purchaseUnits: [unit()],
				paymentSource: { card: { vaultId: String(vaultId) } },
			},
		})
		expect(result).toMatchObject({ status: 'COMPLETED', paymentSource: { card: { brand: 'MASTERCARD' } } })
	}
})

test.each([
	[{ number: '4242424242424241' }, 422, 'INVALID_CARD_NUMBER'],
	[{ number: '4539578763621486' }, 422, 'TEST_CARD_REQUIRED'],
	[{ exp_year: '2020' }, 422, 'CARD_EXPIRED'],
	[{ cvc: '12' }, 422, 'INVALID_SECURITY_CODE_LENGTH'],
	[{ exp_month: '13' }, 400, 'INVALID_PARAMETER_SYNTAX'],
])('what the card page refuses: %j', async (card, status, issue) => {
	const { url } = await openPayPal()
	const response = await typed(url, card)
	expect(response.status).toBe(status)
	expect(await response.json()).toMatchObject({ details: [{ issue, field: `/${Object.keys(card)[0]}` }] })
})

test('cards come from the sandbox’s own pages only, and never by the API', async () => {
	const paypal = await openPayPal()
	const foreign = await typed(paypal.url, {}, { Origin: 'http://shop.test' })
	expect(foreign.status).toBe(403)
	expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
	expect((await typed(paypal.url, {}, { Origin: paypal.url })).status).toBe(201)
	expect((await typed(paypal.url, {}, { 'Content-Type': 'text/plain' })).status).toBe(403)
	const raw = paypal.orders.createOrder({
		paypalRequestId: requestId(),
		body: {
			intent: CheckoutPaymentIntent.Capture,
			purchaseUnits: [unit()],
			paymentSource: { card: { number: '4242424242424242', expiry: '2030-12' } },
		},
	})
	expect(await refusal(raw)).toMatchObject({ status: 422, issue: 'PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING' })
	expect(await refusal(pay(paypal, 'sut_unknown'))).toMatchObject({ issue: 'TOKEN_ID_NOT_FOUND' })
})
