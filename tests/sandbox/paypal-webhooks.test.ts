import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CheckoutPaymentIntent } from '@paypal/paypal-server-sdk'
import { expect, onTestFinished, test } from 'vitest'
import { approved, captured, linkOf, openPayPal, requestId } from './paypal-gateway.ts'
import { isGenuine, openPayPalReceiver } from './paypal-receiver.ts'

/** Making a certificate's key takes a moment. */
const SLOW = { timeout: 10_000 }

const sorted = (received: { event: { event_type: string } }[]) =>
	received.map(({ event }) => event.event_type).sort()

test('every event arrives, signed by a certificate of the sandbox’s own root', async () => {
	const { options, received } = await openPayPalReceiver()
	const paypal = await openPayPal(options)
	const { id, order } = await captured(paypal, { custom: 'pay_1' })
	await paypal.payments.refundCapturedPayment({ captureId: id, paypalRequestId: requestId() })
	await expect.poll(() => received.length, SLOW).toBe(3)
	for (const each of received) expect(await isGenuine(paypal.url, each)).toBe(true)
	expect(sorted(received)).toEqual([
		'CHECKOUT.ORDER.APPROVED',
		'PAYMENT.CAPTURE.COMPLETED',
		'PAYMENT.CAPTURE.REFUNDED',
	])
	const about = (type: string) => received.find(({ event }) => event.event_type === type)?.event
	expect(about('CHECKOUT.ORDER.APPROVED')).toMatchObject({
		resource_type: 'checkout-order',
		resource: { id: order, status: 'APPROVED', purchase_units: [{ custom_id: 'pay_1' }] },
	})
	expect(about('PAYMENT.CAPTURE.COMPLETED')).toMatchObject({
		resource_type: 'capture',
		resource: {
			id,
			status: 'COMPLETED',
			custom_id: 'pay_1',
			supplementary_data: { related_ids: { order_id: order } },
		},
	})
	const refund = about('PAYMENT.CAPTURE.REFUNDED')
	expect(refund?.resource_type).toBe('refund')
	expect(linkOf(refund?.resource.links, 'up')).toContain(id)
})

test('a changed body, another webhook and a forged event do not pass', async () => {
	const { options, received } = await openPayPalReceiver()
	const paypal = await openPayPal(options)
	await paypal.control('POST', '/faults', { seed: 7, webhooks: { forge: 1 } })
	await approved(paypal)
	await expect.poll(() => received.length, SLOW).toBe(2)
	const genuine = await Promise.all(received.map((each) => isGenuine(paypal.url, each)))
	expect(genuine.filter(Boolean)).toHaveLength(1)
	const [true_] = received.filter((_, place) => genuine[place])
	if (!true_) throw new Error('Nothing genuine arrived')
	const tampered = { ...true_, body: Buffer.from(true_.body.toString().replace('50.00', '99.00')) }
	expect(await isGenuine(paypal.url, tampered)).toBe(false)
	const elsewhere = { ...true_.headers, 'paypal-transmission-id': 'another' }
	expect(await isGenuine(paypal.url, { ...true_, headers: elsewhere })).toBe(false)
})

test('a receiver that fails is tried again, with the same transmission', async () => {
	const { options, received } = await openPayPalReceiver(500, 503)
	const paypal = await openPayPal(options)
	await approved(paypal)
	await expect.poll(() => received.length, SLOW).toBe(3)
	expect(new Set(received.map(({ event }) => event.id)).size).toBe(1)
	expect(new Set(received.map(({ headers }) => headers['paypal-transmission-id'])).size).toBe(1)
	for (const each of received) expect(await isGenuine(paypal.url, each)).toBe(true)
})

test('25 tries, and no more', async () => {
	const { options, received } = await openPayPalReceiver(...Array<number>(40).fill(500))
	const paypal = await openPayPal(options)
	await approved(paypal)
	await expect.poll(() => paypal.books.dispatches.all(), SLOW).toMatchObject([{ delivered: false }])
	expect(received).toHaveLength(25)
})

test.each([
	['drop', 0],
	['double', 2],
	['shuffle', 1],
	['delay_ms', 1],
])('webhook fault %s', async (fault, arriving) => {
	const { options, received } = await openPayPalReceiver()
	const paypal = await openPayPal(options)
	await paypal.control('POST', '/faults', { seed: 7, webhooks: { [fault]: 1 } })
	await approved(paypal)
	await expect.poll(() => received.length, SLOW).toBe(arriving)
	const { happened } = (await paypal.control('GET', '/faults')) as { happened?: Record<string, number> }
	expect(happened?.[fault === 'delay_ms' ? 'delay' : fault]).toBe(1)
})

test('an event is sent once more when asked', async () => {
	const { options, received } = await openPayPalReceiver()
	const paypal = await openPayPal(options)
	await approved(paypal)
	await expect.poll(() => received.length, SLOW).toBe(1)
	const id = String(received[0]?.event.id)
	await paypal.control('POST', `/events/${id}/replay`)
	await expect.poll(() => received.length, SLOW).toBe(2)
	const events = '/v1/notifications/webhooks-events'
	expect((await paypal.api('POST', `${events}/${id}/resend`)).status).toBe(202)
	await expect.poll(() => received.length, SLOW).toBe(3)
	expect(new Set(received.map(({ event }) => event.id)).size).toBe(1)
	expect((await paypal.api('GET', `${events}/${id}`)).body).toEqual(received[0]?.event)
	expect((await paypal.api('GET', events)).body).toEqual({ count: 1, events: [received[0]?.event] })
	const later = new Date(Date.now() + 60_000).toISOString()
	expect((await paypal.api('GET', `${events}?start_time=${later}`)).body['count']).toBe(0)
})

test('authorizations and payments that fail later are told of', async () => {
	const { options, received } = await openPayPalReceiver()
	const paypal = await openPayPal(options)
	const id = await approved(paypal, { intent: CheckoutPaymentIntent.Authorize })
	const { result } = await paypal.orders.authorizeOrder({ id, paypalRequestId: requestId() })
	const authorizationId = String(result.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.id)
	await paypal.payments.voidPayment({ authorizationId, paypalRequestId: requestId() })
	await captured(paypal, {}, 'pending_fails')
	await expect.poll(() => received.length, SLOW).toBe(6)
	expect(sorted(received)).toEqual([
		'CHECKOUT.ORDER.APPROVED',
		'CHECKOUT.ORDER.APPROVED',
		'PAYMENT.AUTHORIZATION.CREATED',
		'PAYMENT.AUTHORIZATION.VOIDED',
		'PAYMENT.CAPTURE.DENIED',
		'PAYMENT.CAPTURE.PENDING',
	])
})

test('books and certificates outlive a restart, and what nobody took is sent after it', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
	onTestFinished(() => rm(folder, { recursive: true }))
	const { options, received } = await openPayPalReceiver()
	const slow = { folder, clockFactor: 1 }
	const before = await openPayPal({ ...slow, ...options, paypalWebhookUrl: 'http://127.0.0.1:1/' })
	const { id } = await captured(before, {}, 'dispute')
	const root = await (await fetch(`${before.url}/paypal/sandbox/root.pem`)).text()
	const account = (await before.control('GET', '/books'))['paypal']
	await before.close()
	expect((await stat(join(folder, 'paypal-certificates.json'))).mode & 0o077).toBe(0)

	const after = await openPayPal({ ...slow, ...options })
	await expect.poll(() => received.length, SLOW).toBe(2)
	expect(await (await fetch(`${after.url}/paypal/sandbox/root.pem`)).text()).toBe(root)
	const again = JSON.stringify((await after.control('GET', '/books'))['paypal'])
	expect(again.replaceAll(after.url, '')).toBe(JSON.stringify(account).replaceAll(before.url, ''))
	for (const each of received) expect(await isGenuine(after.url, each)).toBe(true)
	await after.control('POST', '/advance', { seconds: 601 })
	expect(after.books.paypalDisputes.of(id)).toHaveLength(1)
})
