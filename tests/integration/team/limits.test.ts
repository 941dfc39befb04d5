import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { approvePayment } from '#app/commands/payments/approve-payment.server.ts'
import { capturePayment } from '#app/commands/payments/capture-payment.server.ts'
import { approveRefund } from '#app/commands/refunds/approve-refund.server.ts'
import { refundInBulk } from '#app/commands/refunds/refund-in-bulk.server.ts'
import { requestRefund } from '#app/commands/refunds/request-refund.server.ts'
import { setRefundLimit } from '#app/commands/refunds/set-refund-limit.server.ts'
import { grantOf, type Grant } from '#app/domain/access/grant.ts'
import type { LimitedPermission } from '#app/domain/access/limits.ts'
import { countRows } from '#tests/http/kept-rows.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { chargedPayment, paymentOf } from '../payments/by-hand.ts'
import { addColleague, paidPayment, refundsOf, type Colleague } from '../refunds/by-hand.ts'

let house: House
let clerk: Colleague
let other: Colleague
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	clerk = await addColleague(house)
	other = await addColleague(house)
})
afterAll(() => house.close())
afterEach(async () => {
	expect(await violations(house.owner, ['I01', 'I03', 'I08', 'I10', 'I11', 'I21', 'I23', 'I25'])).toEqual([])
})

const upTo = (permission: LimitedPermission, minor: bigint, currency = 'eur'): Grant =>
	grantOf([permission], { limits: { [permission]: { [currency]: minor } } })

const by = ({ actor }: Colleague, grant: Grant) => ({ merchantId: house.demo.merchantId, actor, grant })

const refund = (paymentId: string, amountMinor: bigint | null, grant: Grant, who = clerk) =>
	requestRefund(house.services, { ...by(who, grant), paymentId, amountMinor, reason: null })

/** Refused, and nothing at all was written. */
async function refused(run: () => Promise<unknown>, code: string): Promise<void> {
	const before = await countRows(house)
	await expect(run()).rejects.toMatchObject({ kind: 'forbidden', code })
	expect(await countRows(house)).toEqual(before)
}

describe('a refund', () => {
	test('at the limit is made, one unit above it is refused and names the amount', async () => {
		const payment = await paidPayment(house)
		await refused(() => refund(payment, 501n, upTo('refunds.create', 500n)), 'above_role_limit')
		expect(await refund(payment, 500n, upTo('refunds.create', 500n))).toMatchObject({ amount: 500 })
	})

	test('of what is left counts with what that is', async () => {
		const payment = await paidPayment(house)
		await refused(() => refund(payment, null, upTo('refunds.create', 1_999n)), 'above_role_limit')
		await refund(payment, null, upTo('refunds.create', 2_000n))
	})

	test('counts with what the same person gave back of that payment, and with nobody else’s', async () => {
		const payment = await paidPayment(house)
		const grant = upTo('refunds.create', 500n)
		await refund(payment, 400n, grant)
		await refused(() => refund(payment, 101n, grant), 'above_role_limit')
		await refund(payment, 100n, grant)
		await refused(() => refund(payment, 1n, grant), 'above_role_limit')
		await refund(payment, 500n, grant, other)
	})

	test('of twenty at once, no more than fit the limit are made', async () => {
		const payment = await paidPayment(house)
		const grant = upTo('refunds.create', 500n)
		const asked = await Promise.allSettled(Array.from({ length: 20 }, () => refund(payment, 120n, grant)))
		expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
		expect(await refundsOf(house, payment)).toHaveLength(4)
	})

	test('in a currency the role has no line for is refused', async () => {
		const payment = await paidPayment(house)
		await refused(() => refund(payment, 1n, upTo('refunds.create', 500n, 'usd')), 'currency_not_allowed')
	})

	test('without the permission is refused, whatever its limit', async () => {
		const payment = await paidPayment(house)
		await refused(() => refund(payment, 1n, upTo('refunds.approve', 500n)), 'role_not_allowed')
	})
})

test('in bulk each payment is judged for itself', async () => {
	const small = await paidPayment(house, { amount: 400 })
	const large = await paidPayment(house, { amount: 600 })
	const results = await refundInBulk(house.services, {
		...by(clerk, upTo('refunds.create', 500n)),
		route: `TEST /refunds/bulk/${randomUUID()}`,
		fingerprint: Buffer.alloc(32),
		rows: [large, small].map((paymentId) => ({ paymentId, amountMinor: null, reason: null })),
	})
	expect(results[0]).toMatchObject({ refund: null, error: { code: 'above_role_limit' } })
	expect(results[1]).toMatchObject({ refund: { amount: 400 }, error: null })
	expect(await refundsOf(house, large)).toEqual([])
})

test('an approval counts with the amount of the refund', async () => {
	const limit = { merchantId: house.demo.merchantId, currency: 'eur', role: 'owner', actor: other.actor }
	await setRefundLimit(house.services, { ...limit, aboveMinor: 0n })
	const payment = await paidPayment(house)
	const { id: refundId } = await refund(payment, 700n, grantOf(['refunds.create']))
	const approve = (minor: bigint) =>
		approveRefund(house.services, { ...by(other, upTo('refunds.approve', minor)), refundId })
	await refused(() => approve(699n), 'above_role_limit')
	expect(await approve(700n)).toMatchObject({ id: refundId })
	await setRefundLimit(house.services, { ...limit, aboveMinor: null })
})

test('a capture counts with what it takes: the part that is asked for, or all of it', async () => {
	const held = { amount: 2_000, capture_method: 'manual' }
	const capture = (paymentId: string, amountMinor: bigint | null, grant: Grant) =>
		capturePayment(house.services, { ...by(clerk, grant), paymentId, amountMinor })
	const grant = upTo('payments.operate', 1_000n)
	const payment = await chargedPayment(house, held)
	await refused(() => capture(payment, null, grant), 'above_role_limit')
	await refused(() => capture(payment, 1_001n, grant), 'above_role_limit')
	await capture(payment, 1_000n, grant)
	expect(await paymentOf(house, payment)).toMatchObject({ requested_operation: 'capture' })
})

test('a payment in review is approved within the limit for reviews, and capturing it is approving it', async () => {
	const payment = await chargedPayment(house, { amount: 600_000, currency: 'usd' })
	expect(await paymentOf(house, payment)).toMatchObject({ status: 'in_review' })
	const approve = (minor: bigint) =>
		approvePayment(house.services, {
			...by(clerk, upTo('reviews.decide', minor, 'usd')),
			paymentId: payment,
		})
	await refused(() => approve(599_999n), 'above_role_limit')
	await refused(
		() =>
			capturePayment(house.services, {
				...by(clerk, grantOf(['payments.operate'])),
				paymentId: payment,
				amountMinor: null,
			}),
		'role_not_allowed',
	)
	await approve(600_000n)
})
