import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { approveRefund } from '#app/commands/refunds/approve-refund.server.ts'
import { cancelRefund } from '#app/commands/refunds/cancel-refund.server.ts'
import { rejectRefund } from '#app/commands/refunds/reject-refund.server.ts'
import { requestRefund } from '#app/commands/refunds/request-refund.server.ts'
import { setRefundLimit } from '#app/commands/refunds/set-refund-limit.server.ts'
import { watchRefunds as watch } from '#app/commands/refunds/watch-refunds.server.ts'
import { HOUSE_GRANT } from '#app/domain/access/grant.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { addMerchant } from '#tests/http/second-merchant.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { balancesOf, paymentOf, runNow } from '../payments/by-hand.ts'
import { apply } from '../webhooks/messages.ts'
import {
	addColleague,
	makeOverdue,
	paidPayment,
	refundAtGateway,
	refundedAtGateway,
	refundOf,
	refundsOf,
	takeRefund,
	tellOf,
	type Colleague,
} from './by-hand.ts'

let house: House
let asking: Colleague
let deciding: Colleague
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
	asking = await addColleague(house)
	deciding = await addColleague(house)
	await setLimit(500n)
})
afterAll(() => house.close())
afterEach(async () => {
	expect(await violations(house.owner, ['I01', 'I03', 'I08', 'I10', 'I11', 'I21', 'I23', 'I25'])).toEqual([])
})

const setLimit = (aboveMinor: bigint | null) =>
	setRefundLimit(house.services, {
		merchantId: house.demo.merchantId,
		currency: 'eur',
		aboveMinor,
		actor: deciding.actor,
	})

const ask = (paymentId: string, amountMinor: bigint, { actor } = asking) =>
	requestRefund(house.services, {
		merchantId: house.demo.merchantId,
		paymentId,
		amountMinor,
		reason: null,
		actor,
		grant: HOUSE_GRANT,
	})

const decision = (refundId: string, { actor } = deciding) => ({
	merchantId: house.demo.merchantId,
	refundId,
	actor,
	grant: HOUSE_GRANT,
})

const auditOf = async (subject: string) => {
	const { db } = house.services
	const query = db.selectFrom('audit_log').select(['action', 'actor']).where('subject_id', '=', subject)
	return (await query.orderBy('seq').execute()).map(({ action, actor }) => `${action} ${actor}`)
}

const waiting = async (amountMinor = 600n) => {
	const payment = await paidPayment(house)
	const { id } = await ask(payment, amountMinor)
	return { payment, id }
}

describe('the limit', () => {
	test('itself needs nobody, one unit more needs a second person', async () => {
		const payment = await paidPayment(house)
		expect(await ask(payment, 500n)).toMatchObject({ pending_reason: null })
		const other = await paidPayment(house)
		expect(await ask(other, 501n)).toMatchObject({
			status: 'pending',
			pending_reason: 'awaiting_approval',
		})
		expect(await runNow(house, sendRefund)).toBe(1)
		expect(await refundedAtGateway(house, other)).toBe(0)
	})

	test('is not passed in small steps', async () => {
		const payment = await paidPayment(house)
		expect(await ask(payment, 300n)).toMatchObject({ pending_reason: null })
		expect(await ask(payment, 300n)).toMatchObject({ pending_reason: 'awaiting_approval' })
		expect(await ask(payment, 200n)).toMatchObject({ pending_reason: null })
		await runNow(house, sendRefund)
		expect(await refundedAtGateway(house, payment)).toBe(500)
	})

	test('of another currency does not count', async () => {
		const payment = await paidPayment(house, { currency: 'usd' })
		expect(await ask(payment, 2_000n)).toMatchObject({ pending_reason: null })
		await runNow(house, sendRefund)
	})

	test('leaves a trace of each change', async () => {
		await setLimit(700n)
		await setLimit(500n)
		const trace = await auditOf(house.demo.merchantId)
		expect(trace.filter((line) => line === `refund_limit.changed console:${deciding.userId}`)).toHaveLength(3)
	})
})

describe('a refund above the limit', () => {
	test('is held, then sent when a colleague approves', async () => {
		const { payment, id } = await waiting()
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 600n, refunded_minor: 0n })
		const week = (await refundOf(house, id)).next_check_at?.getTime() ?? 0
		expect(week - Date.now()).toBeGreaterThan(6 * 86_400_000)
		expect(await runNow(house, sendRefund)).toBe(0)
		await approveRefund(house.services, decision(id))
		expect(await runNow(house, sendRefund)).toBe(1)
		expect(await refundOf(house, id)).toMatchObject({
			status: 'succeeded',
			approval_decided_by: `console:${deciding.userId}`,
		})
		expect(await auditOf(id)).toEqual([
			`refund.requested console:${asking.userId}`,
			`refund.approved console:${deciding.userId}`,
			`refund.succeeded console:${deciding.userId}`,
		])
	})

	test('ends with its money free when a colleague rejects', async () => {
		const before = await balancesOf(house)
		const { payment, id } = await waiting()
		const paid = await balancesOf(house)
		await rejectRefund(house.services, decision(id))
		expect(await refundOf(house, id)).toMatchObject({
			status: 'canceled',
			failure_reason: 'approval_rejected',
		})
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n })
		const after = await balancesOf(house)
		expect(after['refunds']).toBe(before['refunds'])
		expect((after['merchant_balance'] ?? 0n) - (paid['merchant_balance'] ?? 0n)).toBe(-600n)
		expect(await runNow(house, sendRefund)).toBe(0)
	})

	test('is not decided by the one who asked', async () => {
		const { id } = await waiting()
		for (const decide of [approveRefund, rejectRefund]) {
			await expect(decide(house.services, decision(id, asking))).rejects.toMatchObject({
				kind: 'forbidden',
				code: 'second_person_required',
			})
		}
		expect(await refundOf(house, id)).toMatchObject({ status: 'pending', approval_decided_by: null })
		await cancelRefund(house.services, decision(id, asking))
		expect(await refundOf(house, id)).toMatchObject({ status: 'canceled', failure_reason: 'withdrawn' })
	})

	test('asked for by a key is decided by any person, and never through the API', async () => {
		const payment = await paidPayment(house)
		const id = await takeRefund(house, payment, 600)
		expect((await house.call('POST', `/api/v1/refunds/${id}/approve`, {})).status).toBe(404)
		await approveRefund(house.services, decision(id, asking))
		await runNow(house, sendRefund)
		expect(await refundOf(house, id)).toMatchObject({ status: 'succeeded' })
	})

	test('is nothing to another merchant’s people', async () => {
		const { id } = await waiting()
		const { merchantId } = await addMerchant(house)
		await expect(approveRefund(house.services, { ...decision(id), merchantId })).rejects.toMatchObject({
			code: 'refund_not_found',
		})
		await rejectRefund(house.services, decision(id))
	})

	test('is decided once, however many decide at the same moment', async () => {
		const { payment, id } = await waiting()
		const others = await Promise.all([addColleague(house), addColleague(house)])
		const answers = await Promise.allSettled([
			approveRefund(house.services, decision(id)),
			...others.map((colleague) => approveRefund(house.services, decision(id, colleague))),
			...others.map((colleague) => rejectRefund(house.services, decision(id, colleague))),
		])
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
		for (const answer of answers) {
			if (answer.status === 'rejected') {
				expect(answer.reason).toMatchObject({ code: 'refund_not_awaiting_approval' })
			}
		}
		await runNow(house, sendRefund)
		const { status } = await refundOf(house, id)
		expect(await refundedAtGateway(house, payment)).toBe(status === 'succeeded' ? 600 : 0)
	})

	test('that nobody decides about within 7 days ends, and its money is free', async () => {
		const { payment, id } = await waiting()
		expect(await watch(house.services, 'test')).toBe(0)
		await makeOverdue(house, id)
		expect(await watch(house.services, 'test')).toBe(1)
		expect(await refundOf(house, id)).toMatchObject({
			status: 'canceled',
			failure_reason: 'approval_expired',
		})
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n })
		await expect(approveRefund(house.services, decision(id))).rejects.toMatchObject({
			code: 'refund_not_awaiting_approval',
		})
	})

	test('approved long after it was asked for is still sent: the gateway never saw its key', async () => {
		const { id } = await waiting()
		await sql`update refunds set created_at = now() - interval '6 days' where id = ${id}`.execute(
			house.services.db,
		)
		await approveRefund(house.services, decision(id))
		await runNow(house, sendRefund)
		expect(await refundOf(house, id)).toMatchObject({ status: 'succeeded' })
	})

	test('gives way to money that was refunded at the gateway meanwhile', async () => {
		const { payment, id } = await waiting()
		const ref = await refundAtGateway(house, payment, 2_000)
		expect(await apply(house, await tellOf(house, ref))).toBe('refund mirrored')
		expect(await refundsOf(house, payment)).toMatchObject([
			{ id, status: 'canceled', failure_reason: 'refunded_at_gateway' },
			{ made_at_gateway: true, status: 'succeeded', amount_minor: 2_000n },
		])
	})
})

describe('a refund that waits for the payer', () => {
	const asked = async () => {
		const payment = await paidPayment(house, { payment_method: 'pm_card_refundRequiresAction' })
		const id = await takeRefund(house, payment, 500)
		await runNow(house, sendRefund)
		expect(await refundOf(house, id)).toMatchObject({ status: 'requires_action' })
		return { payment, id }
	}

	test('is canceled at the gateway, and its money is free', async () => {
		const { payment, id } = await asked()
		const cancel = () => house.call('POST', `/api/v1/refunds/${id}/cancel`, {})
		expect(await cancel()).toMatchObject({ status: 200, body: { id, status: 'requires_action' } })
		expect((await cancel()).status).toBe(200)
		await runNow(house, sendRefund)
		expect(await refundOf(house, id)).toMatchObject({ status: 'canceled', cancel_requested_by: null })
		expect(await paymentOf(house, payment)).toMatchObject({ refund_reserved_minor: 0n })
		expect(await refundedAtGateway(house, payment)).toBe(0)
		expect((await cancel()).body).toMatchObject({ error: { code: 'refund_not_cancelable' } })
	})

	test.each(['reset', 'error_500_not_kept', 'error_500_kept'])(
		'is canceled once although the answer is lost by %s',
		async (fault) => {
			const { payment, id } = await asked()
			await house.call('POST', `/api/v1/refunds/${id}/cancel`, {})
			await house.sandbox.spoilNext([fault], '/v1/refunds')
			await runNow(house, sendRefund)
			await runNow(house, sendRefund)
			await runNow(house, sendRefund)
			expect((await refundOf(house, id)).status).toBe('canceled')
			expect(await refundedAtGateway(house, payment)).toBe(0)
		},
	)
})
