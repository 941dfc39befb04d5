import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAttempt, processPayment } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, chargesOf, onlyAttempt, paymentOf, runNow, takePayment } from '../payments/by-hand.ts'
import { deliver, permutations, signed, type Message } from './messages.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const THREE_DAYS = 3 * 86_400

/** A message as the gateway sends it, `age` seconds after it happened. */
function message(type: string, object: object, age = 0): Message {
	const id = `evt_${randomUUID()}`
	const created = Math.floor(Date.now() / 1000) - age
	return {
		id,
		body: JSON.stringify({ id, object: 'event', type, created, livemode: false, data: { object } }),
	}
}

/** Charged, and refunded in part at the gateway's own dashboard, while our answer to the charge was lost. */
async function lostAndRefunded() {
	await house.sandbox.spoilNext(['reset'], '/v1/payment_intents')
	const id = await takePayment(house)
	await runNow(house, processPayment)
	const attempt = await onlyAttempt(house, id)
	const [charge] = (await chargesOf(house, id)) as unknown as { id: string; payment_intent: string }[]
	const made = await fetch(`${house.sandbox.url}/v1/refunds`, {
		method: 'POST',
		headers: { authorization: `Bearer ${house.services.connections.stripe.secretKey}` },
		body: new URLSearchParams({ payment_intent: String(charge?.payment_intent), amount: '700' }),
	})
	const refund = (await made.json()) as { id: string }
	const metadata = { attempt_id: attempt.id, payment_id: id }
	const intent = { object: 'payment_intent', id: charge?.payment_intent, metadata }
	const refunded = { object: 'refund', ...refund, payment_intent: charge?.payment_intent, metadata: {} }
	return {
		id,
		news: (age = 0) => ({
			failed: message('payment_intent.payment_failed', { ...intent, status: 'requires_payment_method' }, age),
			succeeded: message('payment_intent.succeeded', { ...intent, status: 'succeeded' }, age),
			charged: message(
				'charge.refunded',
				{ object: 'charge', id: charge?.id, payment_intent: charge?.payment_intent, metadata },
				age,
			),
			refunded: message('refund.created', refunded, age),
		}),
	}
}

/** A message that came too early fails its job, and is tried again after the next one. */
const work = () => runNow(house, applyWebhook).catch(() => undefined)

/** Whatever was said in whatever order: the gateway's own books decide. */
async function expectTruth(id: string): Promise<void> {
	await work()
	const open = await house.services.db
		.selectFrom('webhook_inbox')
		.select('type')
		.where('processed_at', 'is', null)
		.execute()
	expect(open).toEqual([])
	expect(await paymentOf(house, id)).toMatchObject({
		status: 'succeeded',
		captured_minor: 1_999n,
		refund_reserved_minor: 700n,
		refunded_minor: 700n,
	})
	const refunds = await house.services.db
		.selectFrom('refunds')
		.select(['status', 'amount_minor'])
		.where('payment_id', '=', id)
		.execute()
	expect(refunds).toEqual([{ status: 'succeeded', amount_minor: 700n }])
	expect(await attentionOn(house, id)).toEqual([])
}

const ORDERS = permutations(['failed', 'succeeded', 'charged', 'refunded'] as const)

test.each(ORDERS.map((order) => [order.join(', '), order] as const))(
	'W2: told in the order %s, the end is what the gateway has',
	async (_name, order) => {
		const { id, news } = await lostAndRefunded()
		const messages = news()
		for (const name of order) {
			expect((await deliver(house, messages[name])).status).toBe(200)
			await work()
		}
		await expectTruth(id)
	},
)

test('W3: messages that come three days late are applied', async () => {
	const { id, news } = await lostAndRefunded()
	for (const late of Object.values(news(THREE_DAYS))) {
		expect((await deliver(house, late)).status).toBe(200)
		await work()
	}
	await expectTruth(id)
})

test('W5: a message sent again under a fresh signature is the same message', async () => {
	const { id, news } = await lostAndRefunded()
	const { succeeded, refunded } = news()
	for (const told of [succeeded, refunded]) {
		expect((await deliver(house, told)).body).toEqual({ received: true, duplicate: false })
		await work()
		const fresh = signed(told.body)
		expect((await deliver(house, told, fresh)).body).toEqual({ received: true, duplicate: true })
	}
	await expectTruth(id)
})

test('afterwards no promise is broken', async () => {
	await runNow(house, checkAttempt)
	expect(await violations(house.services.db)).toEqual([])
})
