import { CheckoutPaymentIntent } from '@paypal/paypal-server-sdk'
import { expect, test } from 'vitest'
import { created, linkOf, openPayPal, press, unit } from './paypal-gateway.ts'

test('the page says what it is, for whom and how much, and runs no script but its own', async () => {
	const paypal = await openPayPal()
	const page = linkOf((await created(paypal)).links, 'payer-action')
	expect(page).toMatch(`${paypal.url}/paypal/checkoutnow?token=`)
	const response = await fetch(page)
	const policy = response.headers.get('content-security-policy')
	expect(policy).toContain("default-src 'none'; script-src 'self'")
	// The redirect after the form goes to the shop, which the browser checks as well.
	expect(policy).toContain("form-action 'self' http://shop.test;")
	expect(policy).toContain("frame-ancestors 'none'")
	const text = await response.text()
	for (const part of ['PayPal sandbox', 'No real money', 'Shoes &amp; Co', '€50.00', 'A pair of shoes']) {
		expect(text).toContain(part)
	}
	for (const [, asset] of text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
		expect((await fetch(`${paypal.url}${asset}`)).status).toBe(200)
	}
})

test('pressing twice changes nothing, and an unknown order is not known', async () => {
	const paypal = await openPayPal()
	const order = await created(paypal)
	const page = linkOf(order.links, 'payer-action')
	await press(page, 'pay')
	expect((await press(page, 'pay', 'declined')).status).toBe(303)
	expect((await fetch(page, { redirect: 'manual' })).status).toBe(303)
	expect(paypal.books.paypalOrders.get(String(order.id))?.course).toBe('succeeds')
	expect(paypal.books.paypalEvents.size).toBe(1)
	expect((await fetch(`${paypal.url}/paypal/checkoutnow?token=NONE`)).status).toBe(404)
	expect((await press(page, 'pay', 'constructor')).status).toBe(404)
	expect((await fetch(page.replace('checkoutnow', 'helios'))).status).toBe(404)
})

test('without a page to go back to the window tells the shop itself', async () => {
	const paypal = await openPayPal()
	const { result } = await paypal.orders.createOrder({
		body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [unit()] },
	})
	expect(result.status).toBe('CREATED')
	const done = await press(linkOf(result.links, 'approve'), 'pay')
	expect(done.status).toBe(200)
	expect(await done.text()).toContain(`data-outcome="approved" data-order="${result.id}"`)
	expect((await paypal.orders.getOrder({ id: String(result.id) })).result.status).toBe('APPROVED')
})

test('nobody is sent to a page that is not of the web', async () => {
	const paypal = await openPayPal()
	const { body, status } = await paypal.api(
		'POST',
		'/v2/checkout/orders',
		{
			intent: 'CAPTURE',
			purchase_units: [{ amount: { currency_code: 'EUR', value: '5.00' } }],
			payment_source: { paypal: { experience_context: { return_url: 'javascript:alert(1)' } } },
		},
		{ 'PayPal-Request-Id': 'create-1' },
	)
	expect(status).toBe(400)
	expect(body.details).toMatchObject([{ field: '/payment_source/paypal/experience_context/return_url' }])
})
