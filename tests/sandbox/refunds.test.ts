import { expect, test } from 'vitest'
import { errorOf, openGateway, pay } from './gateway.ts'

test('in parts, up to what was paid', async () => {
	const { stripe } = await openGateway()
	const { id, latest_charge } = await pay(stripe, 'pm_card_visa')
	const first = await stripe.refunds.create({
		payment_intent: id,
		amount: 2_000,
		reason: 'requested_by_customer',
	})
	expect(first).toMatchObject({ status: 'succeeded', amount: 2_000, charge: latest_charge })
	const tooMuch = await errorOf(stripe.refunds.create({ payment_intent: id, amount: 3_001 }))
	expect(tooMuch).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount' })
	const rest = await stripe.refunds.create({ charge: String(latest_charge) })
	expect(rest.amount).toBe(3_000)
	const again = await errorOf(stripe.refunds.create({ payment_intent: id }))
	expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' })
	expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({
		amount_refunded: 5_000,
		refunded: true,
	})
	expect((await stripe.refunds.list({ payment_intent: id })).data.map(({ amount }) => amount)).toEqual([
		3_000, 2_000,
	])
})

test('the refund of one card is pending first', async () => {
	const { stripe } = await openGateway()
	const { id } = await pay(stripe, 'pm_card_pendingRefund')
	const refund = await stripe.refunds.create({ payment_intent: id })
	expect(refund.status).toBe('pending')
	await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded')
	const updates = await stripe.events.list({ type: 'refund.updated' })
	expect(updates.data).toHaveLength(1)
})

test('the refund of another fails later and the money comes back', async () => {
	const { stripe } = await openGateway()
	const { id, latest_charge } = await pay(stripe, 'pm_card_refundFail')
	const refund = await stripe.refunds.create({ payment_intent: id })
	expect(refund.status).toBe('succeeded')
	await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status).toBe('failed')
	expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({
		amount_refunded: 0,
		refunded: false,
	})
	expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 4_825 }])
	expect((await stripe.events.list({ type: 'refund.failed' })).data).toHaveLength(1)
})

test('only a pending refund can be canceled', async () => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const pending = await pay(stripe, 'pm_card_pendingRefund')
	const refund = await stripe.refunds.create({ payment_intent: pending.id })
	expect(await stripe.refunds.cancel(refund.id)).toMatchObject({ status: 'canceled' })
	expect((await errorOf(stripe.refunds.cancel(refund.id))).statusCode).toBe(400)
})

test('a payment without a capture has nothing to refund', async () => {
	const { stripe } = await openGateway()
	const open = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' })
	const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' })
	for (const { id } of [open, held]) {
		expect((await errorOf(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400)
	}
})
