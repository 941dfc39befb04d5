import { expect, test } from 'vitest'
import type { Fault } from '#app/sandbox/faults/plan.ts'
import { approved, captured, created, openPayPal, type PayPal, refusal, requestId } from './paypal-gateway.ts'

const arm = ({ control }: PayPal, fault: Fault, path = '/paypal/v2/') =>
	control('POST', '/faults', { next: [fault], path, slow_ms: 60 })

const failed = (promise: Promise<unknown>) =>
	promise.then(
		() => false,
		() => true,
	)

async function takeBy(paypal: PayPal, id: string) {
	return fetch(`${paypal.url}/paypal/v2/checkout/orders/${id}/capture`, {
		method: 'POST',
		headers: await authorization(paypal),
		signal: AbortSignal.timeout(300),
	}).then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
}

async function authorization({ url }: PayPal): Promise<Record<string, string>> {
	const granted = await fetch(`${url}/paypal/v1/oauth2/token`, {
		method: 'POST',
		headers: { Authorization: `Basic ${btoa('sandbox_paypal_client:sandbox_paypal_secret')}` },
		body: 'grant_type=client_credentials',
	})
	const { access_token } = (await granted.json()) as { access_token: string }
	return { Authorization: `Bearer ${access_token}`, 'PayPal-Request-Id': 'capture-1' }
}

test.each<[Fault, number]>([
	['timeout_before', 0],
	['timeout_after', 1],
	['error_500_not_kept', 0],
	['error_500_kept', 1],
	['error_429', 0],
	['conflict_409', 0],
	['reset', 1],
	['malformed', 1],
	['truncated', 1],
])('%s: the first try is lost, the second finds or makes the one capture', async (fault, takenAtFirst) => {
	const paypal = await openPayPal()
	const id = await approved(paypal)
	await arm(paypal, fault)
	expect(await failed(takeBy(paypal, id))).toBe(true)
	expect(paypal.books.paypalCaptures.size).toBe(takenAtFirst)
	expect(await takeBy(paypal, id)).toMatchObject({ id, status: 'COMPLETED' })
	expect(paypal.books.paypalCaptures.size).toBe(1)
	const { happened } = (await paypal.control('GET', '/faults')) as { happened?: Record<string, number> }
	expect(happened?.[fault]).toBe(1)
})

test('the words of an error are PayPal’s', async () => {
	const paypal = await openPayPal()
	const { id: captureId } = await captured(paypal)
	const refund = () => paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: requestId() })
	await arm(paypal, 'error_500_not_kept', '/paypal/v2/payments/captures/')
	expect(await refusal(refund())).toMatchObject({ status: 500, result: { name: 'INTERNAL_SERVER_ERROR' } })
	await arm(paypal, 'error_429')
	expect(await refusal(refund())).toMatchObject({ status: 429, result: { name: 'RATE_LIMIT_REACHED' } })
	await arm(paypal, 'conflict_409')
	expect(await refusal(refund())).toMatchObject({ status: 409, issue: 'PREVIOUS_REQUEST_IN_PROGRESS' })
	expect(paypal.books.paypalRefunds.size).toBe(0)
})

test.each<[Fault, object]>([
	['wrong_amount', { currencyCode: 'EUR', value: '150.00' }],
	['wrong_currency', { currencyCode: 'USD', value: '50.00' }],
])('%s: the order is made out over something else', async (fault, amount) => {
	const paypal = await openPayPal()
	await arm(paypal, fault, '/paypal/v2/checkout/orders')
	expect((await created(paypal)).purchaseUnits?.[0]?.amount).toEqual(amount)
	expect((await created(paypal)).purchaseUnits?.[0]?.amount).toEqual({ currencyCode: 'EUR', value: '50.00' })
})

test('a plan for one gateway leaves the other alone', async () => {
	const paypal = await openPayPal()
	await paypal.control('POST', '/faults', { rates: { error_500_not_kept: 1 } })
	expect((await created(paypal)).status).toBe('PAYER_ACTION_REQUIRED')
	await paypal.control('POST', '/faults', { rates: { error_500_not_kept: 1 }, path: '/paypal/' })
	expect(await refusal(created(paypal))).toMatchObject({ status: 500 })
	const intent = { amount: 5_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' }
	expect((await paypal.stripe.paymentIntents.create(intent)).status).toBe('succeeded')
})
