import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import { paymentOf } from '../payments/by-hand.ts'
import { AT_ONCE, many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair()
})
afterAll(() => pair.close())

const PATH = '/api/v1/payments'

async function paid(currency: string, amount: number): Promise<string> {
	const body = { amount, currency, payment_method: 'pm_card_visa', confirm: true }
	const answer = await pair.houses[0].call('POST', PATH, body, { prefer: 'wait=15' })
	expect(answer.body).toMatchObject({ status: 'succeeded', amount_refundable: amount })
	return String(answer.body['id'])
}

/** Sends all refunds at once and returns the amounts that were taken and those that were not. */
async function refundAll(id: string, amounts: readonly number[]) {
	const answers = await pair.rush(
		amounts.map((amount) => ({ path: `${PATH}/${id}/refund`, body: { amount } })),
	)
	for (const { status, text } of answers) {
		if (status === 201) continue
		expect(text).toMatch(/amount_too_large|charge_already_refunded/)
	}
	const wasTaken = (_: number, index: number) => answers[index]?.status === 201
	return {
		taken: amounts.filter(wasTaken),
		refused: amounts.filter((amount, index) => !wasTaken(amount, index)),
	}
}

async function expectRefunded(id: string, amount: bigint): Promise<void> {
	const refunded = async () => (await paymentOf(pair.houses[0], id)).refunded_minor
	await expect.poll(refunded, { timeout: 20_000, interval: 50 }).toBe(amount)
	expect((await paymentOf(pair.houses[0], id)).refund_reserved_minor).toBe(amount)
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + BigInt(amount), 0n)

const CURRENCIES = ['jpy', 'eur', 'kwd'] as const

test.each(CURRENCIES.flatMap((currency) => rounds(times(1, 20)).map((round) => [currency, round] as const)))(
	'C5, %s, round %i: of 64 equal refunds exactly as many as fit are made',
	async (currency) => {
		const id = await paid(currency, 10_000)
		const { taken } = await refundAll(
			id,
			many(() => 470),
		)
		expect(taken).toHaveLength(21)
		await expectRefunded(id, 9_870n)
	},
)

test.each(CURRENCIES.flatMap((currency) => rounds(times(1, 20)).map((round) => [currency, round] as const)))(
	'C5, %s, round %i: of 64 different refunds none is refused that would still fit',
	async (currency, round) => {
		const id = await paid(currency, 10_000)
		const tens = fc.integer({ min: 1, max: 60 }).map((ten) => ten * 10)
		const [amounts = []] = fc.sample(fc.array(tens, { minLength: AT_ONCE, maxLength: AT_ONCE }), {
			numRuns: 1,
			seed: round,
		})
		const { taken, refused } = await refundAll(id, amounts)
		const left = 10_000n - sum(taken)
		expect(left).toBeGreaterThanOrEqual(0n)
		expect(refused.filter((amount) => BigInt(amount) <= left)).toEqual([])
		await expectRefunded(id, 10_000n - left)
	},
)

test.each(rounds(times(2, 40)))('C5, round %i: 64 full refunds are one', async () => {
	const id = await paid('eur', 3_330)
	const answers = await pair.rush(many(() => ({ path: `${PATH}/${id}/refund` })))
	expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
	expect(answers.filter(({ text }) => text.includes('charge_already_refunded'))).toHaveLength(AT_ONCE - 1)
	await expectRefunded(id, 3_330n)
})

test('afterwards no promise is broken', async () => {
	expect(await violations(pair.houses[0].services.db)).toEqual([])
})
