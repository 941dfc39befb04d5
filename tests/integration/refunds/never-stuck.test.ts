import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { watchRefunds as watch } from '#app/commands/refunds/watch-refunds.server.ts'
import { sendRefund, watchRefunds } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { attentionOn, balancesOf, onlyAttempt, paymentOf, runNow } from '../payments/by-hand.ts'
import {
	askRefund,
	gatewayItself,
	makeOverdue,
	paidPayment,
	refundedAtGateway,
	refundOf,
	takeRefund,
} from './by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())
afterEach(async () => {
	expect(await violations(house.owner, ['I01', 'I03', 'I08', 'I10', 'I11', 'I13', 'I21', 'I25'])).toEqual([])
})

/** As if the queue had lost every job about refunds. */
const loseJobs = () => sql`delete from pgboss.job where name = 'refunds.send'`.execute(house.owner)

const advance = (seconds: number) =>
	fetch(`${house.sandbox.url}/sandbox/advance`, { method: 'POST', body: JSON.stringify({ seconds }) })

describe('a refund whose job is gone', () => {
	test('has its next look from birth, and the janitor sends it once', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		expect((await refundOf(house, refund)).next_check_at).toBeInstanceOf(Date)
		await loseJobs()
		expect(await watch(house.services, 'test')).toBe(0)
		await makeOverdue(house, refund)
		await house.services.db.transaction().execute((tx) => house.services.enqueue(tx, watchRefunds, [{}]))
		await runNow(house, watchRefunds)
		expect(await runNow(house, sendRefund)).toBe(1)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'succeeded', next_check_at: null })
		expect(await refundedAtGateway(house, payment)).toBe(500)
	})

	test('is not looked at again at once: one question at a time', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		await makeOverdue(house, refund)
		expect(await watch(house.services, 'test')).toBe(1)
		expect(await watch(house.services, 'test')).toBe(0)
		expect(await runNow(house, sendRefund)).toBe(2)
		expect(await refundedAtGateway(house, payment)).toBe(500)
	})

	test('that is asked about twice starts one row of questions, not two', async () => {
		const payment = await paidPayment(house, { payment_method: 'pm_card_pendingRefund' })
		const refund = await takeRefund(house, payment, 500)
		await makeOverdue(house, refund)
		await watch(house.services, 'test')
		expect(await runNow(house, sendRefund)).toBe(2)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', checks: 1 })
		expect(await runNow(house, sendRefund)).toBe(1)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', checks: 2 })
		await advance(700)
		await runNow(house, sendRefund)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'succeeded' })
	})
})

describe('a lost answer', () => {
	test.each(['reset', 'error_500_kept', 'error_500_not_kept', 'truncated', 'conflict_409'])(
		'%s: the gateway has one refund in the end',
		async (fault) => {
			const payment = await paidPayment(house)
			const refund = await takeRefund(house, payment, 500)
			await house.sandbox.spoilNext([fault], '/v1/refunds')
			await runNow(house, sendRefund)
			expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', checks: 1 })
			await runNow(house, sendRefund)
			expect(await refundOf(house, refund)).toMatchObject({ status: 'succeeded' })
			expect(await refundedAtGateway(house, payment)).toBe(500)
		},
	)

	test('after the gateway forgot our key its list is asked, and what it made is found', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		await house.sandbox.spoilNext(['reset'], '/v1/refunds')
		await runNow(house, sendRefund)
		await sql`update refunds set created_at = now() - interval '21 hours' where id = ${refund}`.execute(
			house.services.db,
		)
		await runNow(house, sendRefund)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'succeeded' })
		expect(await refundedAtGateway(house, payment)).toBe(500)
	})

	test('after the gateway forgot our key nothing is sent again', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		await sql`update refunds set created_at = now() - interval '21 hours' where id = ${refund}`.execute(
			house.services.db,
		)
		await runNow(house, sendRefund)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', checks: 1 })
		expect(await refundedAtGateway(house, payment)).toBe(0)
		await loseJobs()
	})

	test('an answer over another amount is not booked, stays held and goes before a person', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		const { provider_ref } = await onlyAttempt(house, payment)
		// Under our own key and id, as a gateway that misread the amount would have it.
		const { id } = await gatewayItself(house).refunds.create(
			{ payment_intent: String(provider_ref), amount: 700, metadata: { refund_id: refund } },
			{ idempotencyKey: 'another' },
		)
		await house.sandbox.spoilNext(['error_500_not_kept'], '/v1/refunds')
		await runNow(house, sendRefund)
		await runNow(house, sendRefund)
		expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', provider_ref: id })
		expect(await paymentOf(house, payment)).toMatchObject({
			refund_reserved_minor: 500n,
			refunded_minor: 0n,
		})
		expect(await attentionOn(house, refund)).toEqual(['gateway_mismatch'])
		await loseJobs()
	})
})

describe('a refund the gateway refuses for good', () => {
	test('fails, puts the money back and says why in plain words', async () => {
		const payment = await paidPayment(house)
		const refund = await takeRefund(house, payment, 500)
		const before = await balancesOf(house)
		const { provider_ref } = await onlyAttempt(house, payment)
		await gatewayItself(house).refunds.create({ payment_intent: String(provider_ref) })
		await runNow(house, sendRefund)
		expect(await refundOf(house, refund)).toMatchObject({
			status: 'failed',
			failure_reason: 'charge_already_refunded',
			provider_ref: null,
			next_check_at: null,
		})
		const after = await balancesOf(house)
		expect((after['merchant_balance'] ?? 0n) - (before['merchant_balance'] ?? 0n)).toBe(-500n)
		expect((after['refunds'] ?? 0n) - (before['refunds'] ?? 0n)).toBe(500n)
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n, refunded_minor: 0n })
		const { body } = await house.call('GET', `/api/v1/refunds/${refund}`)
		expect(body).toMatchObject({
			failure_reason: 'charge_already_refunded',
			failure_message: expect.stringContaining('nothing was returned a second time'),
		})
	})
})

test('a pending refund says why it waits, and stops saying so when it is paid', async () => {
	const payment = await paidPayment(house, { payment_method: 'pm_card_pendingRefund' })
	const refund = await takeRefund(house, payment, 500)
	await runNow(house, sendRefund)
	expect(await refundOf(house, refund)).toMatchObject({ status: 'pending', pending_reason: 'processing' })
	await advance(700)
	await runNow(house, sendRefund)
	expect(await refundOf(house, refund)).toMatchObject({ status: 'succeeded', pending_reason: null })
})

describe('too much is never given back', () => {
	test('of 64 partial refunds at once exactly as many are made as fit', async () => {
		const payment = await paidPayment(house, { amount: 1_999 })
		const answers = await Promise.all(
			Array.from({ length: 64 }, async () => {
				for (;;) {
					const answer = await askRefund(house, payment, { amount: 100 })
					// Too many wait for the same row: whoever is told to come back does.
					if (answer.status !== 503) return answer
				}
			}),
		)
		const codes = answers.map(({ status, body }) =>
			status === 201 ? '201' : `${status} ${(body['error'] as { code: string }).code}`,
		)
		expect(Map.groupBy(codes, (code) => code).get('201')).toHaveLength(19)
		expect(new Set(codes)).toEqual(new Set(['201', '400 amount_too_large']))
		await runNow(house, sendRefund)
		expect(await paymentOf(house, payment)).toMatchObject({
			refund_reserved_minor: 1_900n,
			refunded_minor: 1_900n,
		})
		expect(await refundedAtGateway(house, payment)).toBe(1_900)
	})

	test.each([
		['beside the payment', 100n, null],
		['above the captured amount', 2_001n, 2_001n],
		['with a smaller sum than is held back', 100n, 900n],
	])('a refund written by hand %s cannot be written', async (_how, amount, reserved) => {
		const payment = await paidPayment(house)
		const writing = house.owner.transaction().execute(async (tx) => {
			await sql`
				insert into refunds (id, merchant_id, payment_id, amount_minor, currency, status, provider, requested_by)
				select ${`re_${payment}`}, merchant_id, id, ${amount}, currency, 'pending', gateway, 'hand'
				from payments where id = ${payment}`.execute(tx)
			if (reserved === null) return
			await sql`update payments set refund_reserved_minor = ${reserved} where id = ${payment}`.execute(tx)
		})
		await expect(writing).rejects.toMatchObject({ code: '23514' })
	})
})
