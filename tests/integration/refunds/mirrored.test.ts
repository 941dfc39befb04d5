import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { mirrorRefund } from '#app/commands/refunds/mirror-refund.server.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, onlyAttempt, paymentOf, runNow } from '../payments/by-hand.ts'
import { apply } from '../webhooks/messages.ts'
import {
	gatewayItself,
	paidPayment,
	refundAtGateway,
	refundedAtGateway,
	refundOf,
	refundsOf,
	takeRefund,
	tellOf,
} from './by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())
afterEach(async () => {
	expect(await violations(house.owner, ['I01', 'I03', 'I08', 'I10', 'I11', 'I13', 'I21', 'I25'])).toEqual([])
})

const hear = async (ref: string, type?: string) => apply(house, await tellOf(house, ref, type))

const postingsOf = async (refundId: string) => {
	const { db } = house.services
	const rows = await db
		.selectFrom('ledger_transactions')
		.select('kind')
		.where('source_id', '=', refundId)
		.orderBy('id')
		.execute()
	return rows.map(({ kind }) => kind)
}

test('a refund made at the gateway’s dashboard appears here by its message, booked like our own', async () => {
	const payment = await paidPayment(house)
	const ref = await refundAtGateway(house, payment, 700)
	expect(await hear(ref)).toBe('refund mirrored')
	const [mirrored, ...more] = await refundsOf(house, payment)
	expect(more).toEqual([])
	expect(mirrored).toMatchObject({
		status: 'succeeded',
		amount_minor: 700n,
		provider_ref: ref,
		made_at_gateway: true,
		requested_by: expect.stringMatching(/^webhook:evt_/),
	})
	expect(await postingsOf(String(mirrored?.id))).toEqual(['refund_reserve', 'refund'])
	expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 700n, refunded_minor: 700n })
})

test('the same message twice, another about the same refund, and all of them at once mirror it once', async () => {
	const payment = await paidPayment(house)
	const ref = await refundAtGateway(house, payment, 700)
	const told = await Promise.all([
		tellOf(house, ref),
		tellOf(house, ref),
		tellOf(house, ref, 'refund.updated'),
	])
	const outcomes = await Promise.all(told.map((message) => apply(house, message)))
	expect(outcomes.filter((outcome) => outcome === 'refund mirrored')).toHaveLength(1)
	await hear(ref)
	expect(await refundsOf(house, payment)).toHaveLength(1)
	expect(await paymentOf(house, payment)).toMatchObject({ refunded_minor: 700n })
})

test('a refund of ours whose answer was lost is recognised by our id and never mirrored', async () => {
	const payment = await paidPayment(house)
	const refund = await takeRefund(house, payment, 500)
	await house.sandbox.spoilNext(['reset'], '/v1/refunds')
	const sending = runNow(house, sendRefund)
	await expect.poll(() => refundedAtGateway(house, payment)).toBe(500)
	const { data } = await gatewayItself(house).refunds.list({ limit: 1 })
	expect(await hear(String(data[0]?.id))).toBe('refund succeeded')
	await sending
	await runNow(house, sendRefund)
	expect(await refundsOf(house, payment)).toMatchObject([
		{ id: refund, status: 'succeeded', made_at_gateway: false },
	])
})

test('a second refund at the gateway that repeats our id is other money: it is mirrored', async () => {
	const payment = await paidPayment(house)
	const refund = await takeRefund(house, payment, 500)
	await runNow(house, sendRefund)
	const { provider_ref } = await onlyAttempt(house, payment)
	const second = await gatewayItself(house).refunds.create({
		payment_intent: String(provider_ref),
		amount: 500,
		metadata: { refund_id: refund },
	})
	expect(await hear(second.id)).toBe('refund mirrored')
	expect(await paymentOf(house, payment)).toMatchObject({ refunded_minor: 1_000n })
})

test('a mirrored refund and our own at the same moment both count, and never more than was captured', async () => {
	const payment = await paidPayment(house)
	const ref = await refundAtGateway(house, payment, 1_500)
	const message = await tellOf(house, ref)
	const [, own] = await Promise.all([
		apply(house, message),
		house.call('POST', `/api/v1/payments/${payment}/refund`, { amount: 500 }),
	])
	expect(own.status).toBe(201)
	await runNow(house, sendRefund)
	expect(await paymentOf(house, payment)).toMatchObject({
		refund_reserved_minor: 2_000n,
		refunded_minor: 2_000n,
	})
})

test('our refund on its way to a charge that was refunded elsewhere fails, and the other is mirrored', async () => {
	const payment = await paidPayment(house)
	const own = await takeRefund(house, payment, 1_000)
	const ref = await refundAtGateway(house, payment, 2_000)
	const message = await tellOf(house, ref)
	await expect(apply(house, message)).rejects.toThrow(/still under way/)
	await runNow(house, sendRefund)
	expect(await refundOf(house, own)).toMatchObject({
		status: 'failed',
		failure_reason: 'charge_already_refunded',
	})
	expect(await apply(house, message)).toBe('refund mirrored')
	expect(await paymentOf(house, payment)).toMatchObject({ refunded_minor: 2_000n })
})

describe('a mirrored refund that is not paid yet', () => {
	test('is held, then settled by the questions of the janitor', async () => {
		const payment = await paidPayment(house, { payment_method: 'pm_card_pendingRefund' })
		const ref = await refundAtGateway(house, payment, 700)
		await hear(ref)
		const [mirrored] = await refundsOf(house, payment)
		expect(mirrored).toMatchObject({ status: 'pending', pending_reason: 'processing' })
		expect(mirrored?.next_check_at).toBeInstanceOf(Date)
		await fetch(`${house.sandbox.url}/sandbox/advance`, {
			method: 'POST',
			body: JSON.stringify({ seconds: 700 }),
		})
		const next = { refundId: String(mirrored?.id), check: 0 }
		await house.services.db.transaction().execute((tx) => house.services.enqueue(tx, sendRefund, [next]))
		await runNow(house, sendRefund)
		expect(await refundOf(house, next.refundId)).toMatchObject({ status: 'succeeded' })
		expect(await refundedAtGateway(house, payment)).toBe(700)
	})

	test('that has failed by the time its message is read is kept without moving money', async () => {
		const payment = await paidPayment(house, { payment_method: 'pm_card_refundFail' })
		const ref = await refundAtGateway(house, payment, 700)
		await fetch(`${house.sandbox.url}/sandbox/advance`, {
			method: 'POST',
			body: JSON.stringify({ seconds: 700 }),
		})
		expect(await hear(ref)).toBe('refund mirrored')
		const [mirrored] = await refundsOf(house, payment)
		expect(mirrored).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' })
		expect(await postingsOf(String(mirrored?.id))).toEqual([])
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n })
	})

	test('that fails later puts the money back', async () => {
		const payment = await paidPayment(house, { payment_method: 'pm_card_refundFail' })
		const ref = await refundAtGateway(house, payment, 700)
		await hear(ref)
		await fetch(`${house.sandbox.url}/sandbox/advance`, {
			method: 'POST',
			body: JSON.stringify({ seconds: 700 }),
		})
		expect(await hear(ref, 'refund.failed')).toBe('refund failed')
		const [mirrored] = await refundsOf(house, payment)
		expect(await postingsOf(String(mirrored?.id))).toEqual(['refund_reserve', 'refund', 'refund_release'])
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n, refunded_minor: 0n })
	})
})

describe('what fits nothing here', () => {
	test('a refund of a charge nobody here made changes nothing', async () => {
		const stripe = gatewayItself(house)
		const { id } = await stripe.paymentIntents.create({
			amount: 900,
			currency: 'eur',
			payment_method: 'pm_card_visa',
			allowed_payment_method_types: ['card'],
			confirm: true,
		})
		const { id: ref } = await stripe.refunds.create({ payment_intent: id })
		expect(await hear(ref)).toBe('no payment of ours')
	})

	test('more than was captured goes before a person and is never booked', async () => {
		const payment = await paidPayment(house)
		const { provider_ref } = await onlyAttempt(house, payment)
		const input = {
			provider: 'stripe',
			cause: { kind: 'webhook', ref: 'evt_test' } as const,
			refund: {
				ref: `re_more_${payment}`,
				paymentRef: String(provider_ref),
				refundId: null,
				attemptId: null,
				amountMinor: 2_001n,
				currency: 'eur',
				reason: null,
				outcome: {
					kind: 'succeeded',
					ref: `re_more_${payment}`,
					amountMinor: 2_001n,
					currency: 'eur',
					pendingReason: null,
				} as const,
			},
		}
		expect(await mirrorRefund(house.services, input)).toEqual({ result: 'attention' })
		expect(await mirrorRefund(house.services, input)).toEqual({ result: 'attention' })
		expect(await attentionOn(house, input.refund.ref)).toEqual(['gateway_mismatch'])
		expect(await refundsOf(house, payment)).toEqual([])
		const inUsd = { ...input, refund: { ...input.refund, ref: `re_usd_${payment}`, currency: 'usd' } }
		expect(await mirrorRefund(house.services, inUsd)).toEqual({ result: 'attention' })
	})
})
