import { OrdersController } from '@paypal/paypal-server-sdk'
import { expect, onTestFinished, test } from 'vitest'
import { DEFAULTS, readOptions } from '#app/sandbox/options.ts'
import { startSandboxProcess } from '../support/sandbox-process.ts'
import { clientFor, linkOf, orderRequest, press, refusal, requestId } from './paypal-gateway.ts'
import { isGenuine, openPayPalReceiver, WEBHOOK_ID } from './paypal-receiver.ts'

test('the process as it ships: its own credentials, its own webhook address', async () => {
	const { options, received } = await openPayPalReceiver()
	const sandbox = await startSandboxProcess({
		SANDBOX_PAYPAL_CLIENT_ID: 'shop',
		SANDBOX_PAYPAL_SECRET: 'secret of the shop',
		SANDBOX_PAYPAL_WEBHOOK_URL: options.paypalWebhookUrl,
		SANDBOX_PAYPAL_WEBHOOK_ID: WEBHOOK_ID,
	})
	onTestFinished(() => sandbox.stop())
	const strangers = new OrdersController(clientFor(sandbox.url))
	expect(await refusal(strangers.createOrder(orderRequest()))).toMatchObject({ status: 401 })

	const credentials = { ...DEFAULTS, paypalClientId: 'shop', paypalSecret: 'secret of the shop' }
	const orders = new OrdersController(clientFor(sandbox.url, credentials))
	const { result: order } = await orders.createOrder(orderRequest({ custom: 'pay_1' }))
	const id = String(order.id)
	await press(linkOf(order.links, 'payer-action'), 'pay')
	const { result: paid } = await orders.captureOrder({ id, paypalRequestId: requestId() })
	expect(paid.status).toBe('COMPLETED')
	await expect.poll(() => received.length, { timeout: 10_000 }).toBe(2)
	for (const each of received) expect(await isGenuine(sandbox.url, each)).toBe(true)
	expect(await sandbox.books()).toMatchObject({
		paypal: { captures: [{ custom_id: 'pay_1', status: 'COMPLETED' }] },
	})
})

test('an empty variable counts as unset', () => {
	const { paypalClientId, paypalWebhookId, paypalWebhookUrl } = readOptions({
		SANDBOX_PAYPAL_CLIENT_ID: '',
		SANDBOX_PAYPAL_WEBHOOK_URL: '',
	})
	expect([paypalClientId, paypalWebhookUrl, paypalWebhookId]).toEqual([
		'sandbox_paypal_client',
		undefined,
		'WH-SANDBOX',
	])
})
