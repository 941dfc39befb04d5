import { CheckoutPaymentIntent, type Order } from '@paypal/paypal-server-sdk'
import { describe, expect, test } from 'vitest'
import {
	approved,
	captured,
	created,
	openPayPal,
	type PayPal,
	refusal,
	requestId,
	unit,
} from './paypal-gateway.ts'

const AUTHORIZE = { intent: CheckoutPaymentIntent.Authorize }
const WHOLE = 'return=representation'

const captureIn = (order: Order) => order.purchaseUnits?.[0]?.payments?.captures?.[0]

async function authorized(paypal: PayPal, course?: string): Promise<string> {
	const id = await approved(paypal, AUTHORIZE, course)
	const { result } = await paypal.orders.authorizeOrder({ id, paypalRequestId: requestId() })
	const [authorization] = result.purchaseUnits?.[0]?.payments?.authorizations ?? []
	expect(result.status).toBe('COMPLETED')
	expect(authorization).toMatchObject({ status: 'CREATED', amount: { value: '50.00' } })
	return String(authorization?.id)
}

describe('authorizations', () => {
	test('captured in part, then the rest given back', async () => {
		const paypal = await openPayPal()
		const authorizationId = await authorized(paypal)
		const take = (value: string) =>
			paypal.payments.captureAuthorizedPayment({
				authorizationId,
				paypalRequestId: requestId(),
				prefer: WHOLE,
				body: { amount: { currencyCode: 'EUR', value }, finalCapture: false },
			})
		const { result: capture } = await take('30.00')
		expect(capture).toMatchObject({
			status: 'COMPLETED',
			finalCapture: false,
			amount: { value: '30.00' },
			supplementaryData: { relatedIds: { authorizationId } },
		})
		const state = async () => (await paypal.payments.getAuthorizedPayment({ authorizationId })).result.status
		expect(await state()).toBe('PARTIALLY_CAPTURED')
		expect(await refusal(take('20.01'))).toMatchObject({ status: 422, issue: 'MAX_CAPTURE_AMOUNT_EXCEEDED' })
		const voided = await paypal.payments.voidPayment({ authorizationId, paypalRequestId: requestId() })
		expect(voided.statusCode).toBe(204)
		expect(await state()).toBe('VOIDED')
		expect(await refusal(take('1.00'))).toMatchObject({ issue: 'AUTHORIZATION_VOIDED' })
		const twice = paypal.payments.voidPayment({ authorizationId, paypalRequestId: requestId() })
		expect(await refusal(twice)).toMatchObject({ issue: 'PREVIOUSLY_VOIDED' })
	})

	test('a final capture closes one, and it cannot be voided then', async () => {
		const paypal = await openPayPal()
		const authorizationId = await authorized(paypal)
		await paypal.payments.captureAuthorizedPayment({
			authorizationId,
			paypalRequestId: requestId(),
			body: { amount: { currencyCode: 'EUR', value: '10.00' }, finalCapture: true },
		})
		const voided = paypal.payments.voidPayment({ authorizationId, paypalRequestId: requestId() })
		expect(await refusal(voided)).toMatchObject({ issue: 'PREVIOUSLY_CAPTURED' })
		const more = paypal.payments.captureAuthorizedPayment({ authorizationId, paypalRequestId: requestId() })
		expect(await refusal(more)).toMatchObject({ issue: 'AUTHORIZATION_ALREADY_CAPTURED' })
	})

	test('one lasts 29 days', async () => {
		const paypal = await openPayPal()
		const authorizationId = await authorized(paypal)
		await paypal.control('POST', '/advance', { seconds: 29 * 86_400 })
		const late = paypal.payments.captureAuthorizedPayment({ authorizationId, paypalRequestId: requestId() })
		expect(await refusal(late)).toMatchObject({ issue: 'AUTHORIZATION_EXPIRED' })
	})
})

describe('idempotency', () => {
	test('a repeat is answered with the latest state of the first', async () => {
		const paypal = await openPayPal()
		const order = await created(paypal, {}, 'create-1')
		expect((await created(paypal, {}, 'create-1')).id).toBe(order.id)
		const { id: captureId } = await captured(paypal)
		const refund = () =>
			paypal.payments.refundCapturedPayment({
				captureId,
				paypalRequestId: 'refund-1',
				prefer: WHOLE,
				body: { amount: { currencyCode: 'EUR', value: '20.00' } },
			})
		const first = await refund()
		const second = await refund()
		expect([first.statusCode, second.statusCode]).toEqual([201, 200])
		expect(second.result).toEqual(first.result)
		expect(paypal.books.paypalRefunds.size).toBe(1)
	})

	test('the latest state is not the first answer', async () => {
		const paypal = await openPayPal()
		const id = await approved(paypal)
		const take = () => paypal.orders.captureOrder({ id, paypalRequestId: 'capture-1', prefer: WHOLE })
		const captureId = String(captureIn((await take()).result)?.id)
		await paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: requestId() })
		const again = await take()
		expect(again.statusCode).toBe(200)
		expect(captureIn(again.result)?.status).toBe('REFUNDED')
	})

	test('the id with another body is refused', async () => {
		const paypal = await openPayPal()
		await created(paypal, {}, 'create-1')
		expect(await refusal(created(paypal, { value: '51.00' }, 'create-1'))).toMatchObject({
			status: 422,
			issue: 'DUPLICATE_REQUEST_ID',
		})
	})

	test('of two at once the second fails', async () => {
		const paypal = await openPayPal({ latencyMs: 500 })
		const { id: captureId } = await captured(paypal)
		const refund = () =>
			paypal.api('POST', `/v2/payments/captures/${captureId}/refund`, {}, { 'PayPal-Request-Id': 'refund-1' })
		const answers = await Promise.all([refund(), refund()])
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
		const lost = answers.find(({ status }) => status === 409)
		expect(lost?.body).toMatchObject({
			name: 'RESOURCE_CONFLICT',
			details: [{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }],
		})
		expect(paypal.books.paypalRefunds.size).toBe(1)
	})

	test('a refused request is tried anew, and another id repeats the deed', async () => {
		const paypal = await openPayPal()
		const id = await approved(paypal, {}, 'declined')
		const take = () => paypal.orders.captureOrder({ id, paypalRequestId: 'capture-1' })
		expect(await refusal(take())).toMatchObject({ issue: 'INSTRUMENT_DECLINED' })
		expect(await refusal(take())).toMatchObject({ issue: 'ORDER_NOT_APPROVED' })
		const { id: captureId } = await captured(paypal)
		const refund = () =>
			paypal.payments.refundCapturedPayment({
				captureId,
				paypalRequestId: requestId(),
				body: { amount: { currencyCode: 'EUR', value: '5.00' } },
			})
		await Promise.all([refund(), refund()])
		expect(paypal.books.paypalRefunds.size).toBe(2)
	})
})

describe('amounts', () => {
	test.each([
		['1000.5', 'JPY', 422, 'DECIMALS_NOT_SUPPORTED'],
		['10.001', 'EUR', 422, 'DECIMAL_PRECISION'],
		['0.00', 'EUR', 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
		['-1.00', 'EUR', 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
		['10.00', 'KWD', 422, 'CURRENCY_NOT_SUPPORTED'],
		['10.00', 'euro', 400, 'INVALID_CURRENCY_CODE'],
		['ten', 'EUR', 400, 'INVALID_PARAMETER_SYNTAX'],
	])('%s %s: %i %s', async (value, currency, status, issue) => {
		const paypal = await openPayPal()
		const refused = await refusal(created(paypal, { value, currency }))
		expect(refused).toMatchObject({ status, issue })
		expect(refused.result.details?.[0]?.field).toContain('/purchase_units/0/amount/')
		expect(paypal.books.paypalOrders.size).toBe(0)
	})

	test('a currency without decimals has a fee without decimals', async () => {
		const paypal = await openPayPal()
		const capture = await captured(paypal, { value: '5000', currency: 'JPY' })
		expect(capture.sellerReceivableBreakdown).toMatchObject({
			grossAmount: { value: '5000' },
			paypalFee: { value: '224' },
			netAmount: { value: '4776' },
		})
	})
})

test('money that arrives later, and money that never does', async () => {
	const paypal = await openPayPal({ clockFactor: 1 })
	const arriving = await captured(paypal, {}, 'pending')
	const failing = await captured(paypal, {}, 'pending_fails')
	expect([arriving.status, failing.status]).toEqual(['PENDING', 'PENDING'])
	const refund = paypal.payments.refundCapturedPayment({
		captureId: arriving.id,
		paypalRequestId: requestId(),
	})
	expect(await refusal(refund)).toMatchObject({ issue: 'PENDING_CAPTURE' })
	expect(paypal.books.paypalTransactions.size).toBe(0)
	await paypal.control('POST', '/advance', { seconds: 601 })
	const state = async (captureId: string) =>
		(await paypal.payments.getCapturedPayment({ captureId })).result.status
	expect(await state(arriving.id)).toBe('COMPLETED')
	expect(await state(failing.id)).toBe('DECLINED')
	expect(paypal.books.paypalTransactions.size).toBe(1)
})

test('errors are asked for with a header', async () => {
	const paypal = await openPayPal()
	const id = await approved(paypal)
	const mocked = paypal.orders.captureOrder({
		id,
		paypalRequestId: requestId(),
		paypalMockResponse: '{"mock_application_codes":"INSTRUMENT_DECLINED"}',
	})
	expect(await refusal(mocked)).toMatchObject({ status: 422, issue: 'INSTRUMENT_DECLINED' })
	const other = paypal.orders.createOrder({
		body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [unit()] },
		paypalMockResponse: '{"mock_application_codes":"INTERNAL_SERVER_ERROR"}',
	})
	expect(await refusal(other)).toMatchObject({ status: 500 })
})

test('an invoice is paid once', async () => {
	const paypal = await openPayPal()
	await captured(paypal, { invoice: 'INV-1' })
	expect(await refusal(captured(paypal, { invoice: 'INV-1' }))).toMatchObject({
		status: 422,
		issue: 'DUPLICATE_INVOICE_ID',
	})
})

test('who may ask', async () => {
	const paypal = await openPayPal()
	const order = (authorization?: string) =>
		fetch(`${paypal.url}/paypal/v2/checkout/orders/1`, authorization ? { headers: { authorization } } : {})
	const nobody = await order()
	expect(nobody.status).toBe(401)
	expect(nobody.headers.get('paypal-debug-id')).toMatch(/^\w+$/)
	expect(await nobody.json()).toMatchObject({ name: 'AUTHENTICATION_FAILURE' })
	expect(await (await order('Bearer A21AA9999999999.forged')).json()).toMatchObject({
		error: 'invalid_token',
	})
	const token = await fetch(`${paypal.url}/paypal/v1/oauth2/token`, {
		method: 'POST',
		headers: { Authorization: `Basic ${btoa('sandbox_paypal_client:wrong')}` },
		body: 'grant_type=client_credentials',
	})
	expect(token.status).toBe(401)
	expect(await token.json()).toMatchObject({ error: 'invalid_client' })
	const missing = await paypal.api('GET', '/v2/checkout/orders/NONE')
	expect(missing).toMatchObject({ status: 404, body: { name: 'RESOURCE_NOT_FOUND' } })
})

test('an order may be changed until it is paid', async () => {
	const paypal = await openPayPal()
	const { id: orderId } = await created(paypal)
	const id = String(orderId)
	const patch = (field: string, value: unknown) =>
		paypal.api('PATCH', `/v2/checkout/orders/${id}`, [
			{ op: 'replace', path: `/purchase_units/@reference_id=='default'/${field}`, value },
		])
	expect((await patch('amount', { currency_code: 'EUR', value: '61.00' })).status).toBe(204)
	expect((await patch('custom_id', 'pay_2')).status).toBe(204)
	expect((await patch('payee', {})).status).toBe(422)
	const { result } = await paypal.orders.getOrder({ id })
	expect(result.purchaseUnits?.[0]).toMatchObject({ amount: { value: '61.00' }, customId: 'pay_2' })
})
