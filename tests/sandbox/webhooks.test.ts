import { expect, test } from 'vitest'
import { openGateway, pay } from './gateway.ts'
import { openReceiver, SECRET } from './receiver.ts'

const forReceiver = (webhookUrl: string) => ({ webhookUrl, webhookSecret: SECRET })

test('every event arrives, signed', async () => {
	const { received, url } = await openReceiver()
	const { stripe } = await openGateway(forReceiver(url))
	const { id } = await pay(stripe, 'pm_card_visa')
	await expect.poll(() => received.length).toBe(3)
	expect(received.every(({ genuine }) => genuine)).toBe(true)
	expect(received.map(({ event }) => event?.type).sort()).toEqual([
		'charge.succeeded',
		'payment_intent.created',
		'payment_intent.succeeded',
	])
	const created = received.find(({ event }) => event?.type === 'payment_intent.created')
	expect(created?.event?.data.object).toMatchObject({ id, status: 'requires_payment_method' })
	await expect.poll(async () => (await stripe.events.list({ delivery_success: true })).data.length).toBe(3)
})

test('a receiver that fails is tried again', async () => {
	const { received, url } = await openReceiver(500, 503)
	const { control, stripe } = await openGateway({ ...forReceiver(url), webhookEvents: ['charge.succeeded'] })
	await pay(stripe, 'pm_card_visa')
	await expect.poll(() => received.length).toBe(3)
	expect(new Set(received.map(({ event }) => event?.id)).size).toBe(1)
	await expect
		.poll(async () => (await control('GET', '/deliveries'))['deliveries'])
		.toMatchObject([
			{ attempt: 1, status: 500 },
			{ attempt: 2, status: 503 },
			{ attempt: 3, status: 200, retry_in_ms: null },
		])
})

test('an event nobody took is listed as undelivered', async () => {
	const { stripe } = await openGateway({ ...forReceiver('http://127.0.0.1:1/'), clockFactor: 1 })
	await pay(stripe, 'pm_card_visa')
	expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(3)
	expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(0)
})

test('endpoints get the events they asked for', async () => {
	const { received, url } = await openReceiver()
	const { stripe } = await openGateway()
	const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: ['refund.created'] })
	expect(endpoint.secret).toMatch(/^whsec_/)
	expect((await stripe.webhookEndpoints.list()).data[0]).not.toHaveProperty('secret')
	const { id } = await pay(stripe, 'pm_card_visa')
	await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
	await expect.poll(() => received.length).toBe(1)
	expect(received[0]?.genuine).toBe(false)
	await stripe.webhookEndpoints.del(endpoint.id)
	await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
	expect((await stripe.events.list({ type: 'refund.created' })).data[0]?.pending_webhooks).toBe(0)
})

test('an event can be sent once more', async () => {
	const { received, url } = await openReceiver()
	const { control, stripe } = await openGateway({ ...forReceiver(url), webhookEvents: ['charge.succeeded'] })
	await pay(stripe, 'pm_card_visa')
	await expect.poll(() => received.length).toBe(1)
	await control('POST', `/events/${received[0]?.event?.id}/replay`)
	await expect.poll(() => received.length).toBe(2)
	expect(received[1]?.event?.id).toBe(received[0]?.event?.id)
})

test.each([
	['drop', 0, 0],
	['double', 2, 2],
	['forge', 2, 1],
	['shuffle', 1, 1],
	['delay_ms', 1, 1],
])('webhook fault %s', async (fault, arriving, genuine) => {
	const { received, url } = await openReceiver()
	const { control, stripe } = await openGateway({ ...forReceiver(url), webhookEvents: ['charge.succeeded'] })
	await control('POST', '/faults', { seed: 7, webhooks: { [fault]: 1 } })
	await pay(stripe, 'pm_card_visa')
	const counter = fault.replace('_ms', '')
	await expect.poll(async () => (await control('GET', '/faults'))['happened']).toMatchObject({ [counter]: 1 })
	await expect.poll(() => received.length).toBe(arriving)
	expect(received.filter((delivery) => delivery.genuine)).toHaveLength(genuine)
	const undelivered = await stripe.events.list({ delivery_success: false })
	expect(undelivered.data.some(({ type }) => type === 'charge.succeeded')).toBe(fault === 'drop')
})
