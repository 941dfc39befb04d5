import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { apply, deliver } from '../webhooks/messages.ts'
import { attentionOn, balancesOf, chargedPayment, paymentOf, runNow } from './by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

let before: Record<string, bigint>
beforeEach(async () => {
	before = await balancesOf(house)
})

/** What changed in the ledger since the test began; accounts that did not move are left out. */
async function moved(): Promise<Record<string, bigint>> {
	const changes = Object.entries(await balancesOf(house)).map(
		([kind, balance]) => [kind, balance - (before[kind] ?? 0n)] as const,
	)
	return Object.fromEntries(changes.filter(([, change]) => change !== 0n))
}

async function paid(card: string): Promise<string> {
	const id = await chargedPayment(house, { payment_method: card, amount: 2_000 })
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded' })
	before = await balancesOf(house)
	return id
}

async function askRefund(payment: string, amount: number): Promise<string> {
	const { status, body } = await house.call('POST', `/api/v1/payments/${payment}/refund`, { amount })
	expect(status).toBe(201)
	return String(body['id'])
}

const refundOf = (id: string) =>
	house.services.db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const advance = (seconds: number) =>
	fetch(`${house.sandbox.url}/sandbox/advance`, { method: 'POST', body: JSON.stringify({ seconds }) })

/** The gateway says that a refund changed; what it became is asked there. */
async function tellOf(refundId: string): Promise<void> {
	const { provider_ref } = await refundOf(refundId)
	const id = `evt_${randomUUID()}`
	const object = { object: 'refund', id: provider_ref, metadata: { refund_id: refundId } }
	const message = {
		id,
		body: JSON.stringify({ id, object: 'event', type: 'refund.updated', data: { object } }),
	}
	await deliver(house, message)
	await apply(house, message)
}

const RESERVED = { merchant_balance: 500n, refunds: -500n }
const PAID_OUT = { merchant_balance: 500n, gateway_clearing: -500n }

test('a refund reserves its amount at once and leaves the gateway when it is paid', async () => {
	const payment = await paid('pm_card_visa')
	const refund = await askRefund(payment, 500)
	expect(await moved()).toEqual(RESERVED)
	expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 500n, refunded_minor: 0n })
	await runNow(house, sendRefund)
	expect(await refundOf(refund)).toMatchObject({ status: 'succeeded', next_check_at: null })
	expect(await moved()).toEqual(PAID_OUT)
	expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 500n, refunded_minor: 500n })
})

test('a pending refund stays reserved until the gateway has paid it', async () => {
	const payment = await paid('pm_card_pendingRefund')
	const refund = await askRefund(payment, 500)
	await runNow(house, sendRefund)
	expect(await refundOf(refund)).toMatchObject({ status: 'pending', checks: 1 })
	expect(await moved()).toEqual(RESERVED)
	await advance(700)
	await runNow(house, sendRefund)
	expect(await refundOf(refund)).toMatchObject({ status: 'succeeded', next_check_at: null })
	expect(await moved()).toEqual(PAID_OUT)
	expect(await runNow(house, sendRefund)).toBe(0)
})

test('a refund the bank sends back puts everything where it was, once', async () => {
	const payment = await paid('pm_card_refundFail')
	const refund = await askRefund(payment, 500)
	await runNow(house, sendRefund)
	expect(await moved()).toEqual(PAID_OUT)
	await advance(700)
	await tellOf(refund)
	await tellOf(refund)
	expect(await refundOf(refund)).toMatchObject({
		status: 'failed',
		failure_reason: 'expired_or_canceled_card',
	})
	expect(await moved()).toEqual({})
	expect(await paymentOf(house, payment)).toMatchObject({
		status: 'succeeded',
		refund_reserved_minor: 0n,
		refunded_minor: 0n,
	})
	const again = await askRefund(payment, 2_000)
	expect(await refundOf(again)).toMatchObject({ status: 'pending', amount_minor: 2_000n })
	await runNow(house, sendRefund)
})

describe('the answer to a refund is lost', () => {
	test.each(['reset', 'malformed', 'error_500_not_kept', 'error_429'])(
		'%s: asked again under the same key, one refund is made',
		async (fault) => {
			const payment = await paid('pm_card_visa')
			const refund = await askRefund(payment, 500)
			await house.sandbox.spoilNext([fault], '/v1/refunds')
			const made = (await house.sandbox.books()).refunds.length
			await runNow(house, sendRefund)
			expect(await refundOf(refund)).toMatchObject({ status: 'pending', provider_ref: null, checks: 1 })
			expect(await moved()).toEqual(RESERVED)
			await runNow(house, sendRefund)
			expect(await refundOf(refund)).toMatchObject({ status: 'succeeded' })
			expect((await house.sandbox.books()).refunds).toHaveLength(made + 1)
			expect(await moved()).toEqual(PAID_OUT)
		},
	)

	test('a message of the gateway settles a refund whose call fails for ever', async () => {
		const payment = await paid('pm_card_visa')
		const refund = await askRefund(payment, 500)
		await house.sandbox.spoilNext(['error_500_kept'], '/v1/refunds')
		await runNow(house, sendRefund)
		const made = (await house.sandbox.books()).refunds.at(-1)
		const id = `evt_${randomUUID()}`
		const object = { object: 'refund', id: made?.id, metadata: { refund_id: refund } }
		const message = {
			id,
			body: JSON.stringify({ id, object: 'event', type: 'refund.created', data: { object } }),
		}
		await deliver(house, message)
		await apply(house, message)
		expect(await refundOf(refund)).toMatchObject({ status: 'succeeded', provider_ref: made?.id })
		expect(await moved()).toEqual(PAID_OUT)
		await runNow(house, sendRefund)
		expect(await moved()).toEqual(PAID_OUT)
	})

	test('a gateway that never answers is asked nine times, then a person is', async () => {
		const payment = await paid('pm_card_visa')
		const refund = await askRefund(payment, 500)
		await house.sandbox.spoilNext(
			Array.from({ length: 9 }, () => 'error_500_not_kept'),
			'/v1/refunds',
		)
		for (let question = 1; question <= 9; question++) {
			expect(await attentionOn(house, refund)).toEqual([])
			expect(await runNow(house, sendRefund), `question ${question}`).toBe(1)
		}
		expect(await runNow(house, sendRefund)).toBe(0)
		expect(await attentionOn(house, refund)).toEqual(['refund_unknown'])
		expect(await moved()).toEqual(RESERVED)
	})
})

test('ten refunds at once never give back more than was taken', async () => {
	const payment = await paid('pm_card_visa')
	const answers = await Promise.all(
		Array.from({ length: 10 }, () =>
			house.call('POST', `/api/v1/payments/${payment}/refund`, { amount: 300 }),
		),
	)
	expect(answers.filter(({ status }) => status === 201)).toHaveLength(6)
	expect(answers.filter(({ text }) => text.includes('amount_too_large'))).toHaveLength(4)
	await runNow(house, sendRefund)
	expect(await paymentOf(house, payment)).toMatchObject({
		refund_reserved_minor: 1_800n,
		refunded_minor: 1_800n,
	})
	expect(await moved()).toEqual({ merchant_balance: 1_800n, gateway_clearing: -1_800n })
})
