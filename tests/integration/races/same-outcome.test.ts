import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleRefund } from '#app/commands/refunds/settle-refund.server.ts'
import type { GatewayOutcome } from '#app/domain/payments/ports.ts'
import { checkAttempt, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import {
	attentionOn,
	chargedPayment,
	onlyAttempt,
	paymentOf,
	runNow,
	screened,
	takePayment,
} from '../payments/by-hand.ts'
import { AT_ONCE, many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair({ worker: false })
})
afterAll(() => pair.close())

const instance = (index: number) => pair.houses[index % 2 === 0 ? 0 : 1].services
const cause = { kind: 'job', ref: 'race' } as const

const settleAll = (attemptId: string, outcomes: readonly GatewayOutcome[]) =>
	Promise.all(
		outcomes.map((outcome, index) =>
			instance(index).settleLane.push({ attemptId, outcome, cause, job: null }),
		),
	)

const capturesOf = async (id: string): Promise<number> => {
	const rows = await pair.houses[0].services.db
		.selectFrom('ledger_transactions')
		.select('id')
		.where('source_id', '=', id)
		.where('kind', '=', 'capture')
		.execute()
	return rows.length
}

test.each(rounds(times(3, 60)))(
	'round %i: one outcome, brought 64 times by two workers, is booked once',
	async () => {
		const [house] = pair.houses
		const id = await takePayment(house)
		const charge = await screened(house, id)
		const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
		const settled = await settleAll(
			charge.attemptId,
			many(() => outcome),
		)
		expect(settled).toEqual(Array(AT_ONCE).fill({ status: 'succeeded' }))
		expect(await capturesOf(id)).toBe(1)
		expect(await attentionOn(house, id)).toEqual([])
		await runNow(house, processPayment)
	},
)

test.each(rounds(times(4, 80)))(
	'round %i: whatever 64 contradicting answers say, money is booked once or put before a person',
	async (round) => {
		const [house] = pair.houses
		const id = await takePayment(house)
		const charge = await screened(house, id)
		const ref = `pi_${charge.attemptId}`
		const money = { ref, chargeRef: null, amountMinor: charge.amountMinor, currency: charge.currency }
		const outcomes: GatewayOutcome[] = [
			{ kind: 'captured', ...money, feeMinor: 59n },
			{ kind: 'authorized', ...money },
			{ kind: 'declined', ref, code: 'card_declined', declineCode: null, message: 'No.' },
			{ kind: 'canceled', ref },
			{ kind: 'processing', ref },
			{ kind: 'unknown', ref: null, reason: 'reset' },
		]
		const [order = []] = fc.sample(
			fc.shuffledSubarray(
				many((index) => outcomes[index % outcomes.length] as GatewayOutcome),
				{
					minLength: AT_ONCE,
				},
			),
			{ numRuns: 1, seed: round },
		)
		await settleAll(charge.attemptId, order)
		const payment = await paymentOf(house, id)
		const isPaid = payment.status === 'succeeded'
		expect(await capturesOf(id)).toBe(isPaid ? 1 : 0)
		expect(payment.captured_minor).toBe(isPaid ? charge.amountMinor : 0n)
		expect(await attentionOn(house, id)).toEqual(isPaid ? [] : ['late_money'])
		await runNow(house, processPayment)
		await runNow(house, checkAttempt)
		expect((await paymentOf(house, id)).status).toBe(payment.status)
	},
)

test.each(rounds(times(3, 60)))(
	'round %i: the answer to one refund, brought 64 times, is booked once',
	async () => {
		const [house] = pair.houses
		const id = await chargedPayment(house)
		const { body } = await house.call('POST', `/api/v1/payments/${id}/refund`, { amount: 700 })
		const refundId = String(body['id'])
		const { provider_ref: chargeRef } = await onlyAttempt(house, id)
		const outcome = {
			kind: 'succeeded',
			ref: `re_${chargeRef}`,
			amountMinor: 700n,
			currency: 'eur',
		} as Parameters<typeof settleRefund>[1]['outcome']
		await Promise.all(
			many((index) => settleRefund(instance(index), { refundId, outcome, cause, asked: null })),
		)
		expect(await paymentOf(house, id)).toMatchObject({ refund_reserved_minor: 700n, refunded_minor: 700n })
		const postings = await house.services.db
			.selectFrom('ledger_transactions')
			.select('kind')
			.where('source_id', '=', refundId)
			.orderBy('id')
			.execute()
		expect(postings).toEqual([{ kind: 'refund_reserve' }, { kind: 'refund' }])
		await runNow(house, sendRefund)
	},
)

test('afterwards no promise is broken', async () => {
	expect(await violations(pair.houses[0].services.db)).toEqual([])
})
