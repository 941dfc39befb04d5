import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { reconcile, residuals } from '../integration/reconciliation/plants.ts'
import { balancesOf } from './ledger-sums.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())

const WAIT = { prefer: 'wait=15' }
const CARD = { payment_method: 'pm_card_visa', confirm: true }
const pay = (fields: object) => house.call('POST', '/api/v1/payments', { ...CARD, ...fields }, WAIT)
const act = (id: unknown, operation: string, body: object) =>
	house.call('POST', `/api/v1/payments/${String(id)}/${operation}`, body, WAIT)

/** What the gateway has, in the gateway's own units. */
async function chargeOf(id: unknown) {
	const { charges } = await house.sandbox.books()
	const charge = charges.find(({ metadata }) => metadata['payment_id'] === id)
	return charge as unknown as Record<'amount' | 'amount_captured' | 'amount_refunded' | 'fee', number>
}

test.each([
	// Amount, part captured, part refunded, and how many of the gateway's units one of ours is.
	['isk', 5_000, 4_999, 7, 100],
	['ugx', 50_000, 49_999, 7, 100],
	['jpy', 5_000, 4_999, 7, 1],
	['krw', 5_000, 4_999, 7, 1],
	['huf', 50_000, 49_999, 7, 1],
	['twd', 50_000, 49_999, 7, 1],
	['usd', 5_000, 4_999, 7, 1],
	['kwd', 5_000, 4_990, 70, 1],
	['bhd', 5_000, 4_990, 70, 1],
])(
	'%s: %i held, %i captured, %i refunded, and both books agree',
	async (currency, amount, part, back, units) => {
		const held = await pay({ amount, currency, capture_method: 'manual' })
		expect(held).toMatchObject({ status: 201, body: { amount, currency } })
		// A currency without a reference rate is held for review, which can be captured as well.
		expect(held.body['status']).toMatch(/^(requires_capture|in_review)$/)
		const { id } = held.body
		expect(await chargeOf(id)).toMatchObject({ amount: amount * units })

		expect(await act(id, 'capture', { amount_to_capture: part })).toMatchObject({
			status: 200,
			body: { status: 'succeeded', amount_captured: part },
		})
		expect(await act(id, 'refund', { amount: back })).toMatchObject({
			status: 201,
			body: { status: 'succeeded', amount: back },
		})
		const charge = await chargeOf(id)
		expect(charge).toMatchObject({ amount_captured: part * units, amount_refunded: back * units })
		expect(await balancesOf(house, currency)).toEqual({
			merchant_balance: BigInt(back - part),
			fees: BigInt(charge.fee / units),
			gateway_clearing: BigInt(part - back - charge.fee / units),
			refunds: 0n,
		})
	},
)

test.each(['KWD', 'bhd', 'jod', 'omr', 'tnd'])(
	'a third decimal in %s is refused by name',
	async (currency) => {
		const answer = await pay({ amount: 5_124, currency })
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: 'amount' })
		expect(answer.text).toContain('last digit must be 0')
	},
)

test.each([
	['usd', 49, '0.50 USD'],
	['gbp', 29, '0.30 GBP'],
	['jpy', 49, '50 JPY'],
	['huf', 17_499, '175.00 HUF'],
])(
	'%s %i: below what the gateway takes it is refused with the least amount',
	async (currency, amount, least) => {
		const answer = await pay({ amount, currency })
		expectRefusal(answer, 400, { code: 'amount_too_small', param: 'amount' })
		expect(answer.text).toContain(`from ${least}`)
	},
)

test('below what only the gateway knows the payment is declined in plain words, and nothing is booked', async () => {
	const answer = await pay({ amount: 49, currency: 'try' })
	expect(answer).toMatchObject({
		status: 201,
		body: { status: 'failed', last_payment_error: { code: 'amount_too_small' } },
	})
	expect(answer.text).toContain('Nothing was charged')
})

test('a fee above a small amount leaves the merchant owing, and the books whole', async () => {
	const before = await balancesOf(house, 'omr')
	expect(before).toEqual({})
	const answer = await pay({ amount: 100, currency: 'omr' })
	expect(answer).toMatchObject({ status: 201, body: { status: 'succeeded', amount_captured: 100 } })
	expect(await balancesOf(house, 'omr')).toEqual({
		merchant_balance: -100n,
		fees: 303n,
		gateway_clearing: -203n,
	})
})

test('the reconciliation finds no difference in any of them', async () => {
	const run = await reconcile(house)
	expect(run).toMatchObject({ found: 0 })
	const left = residuals(run) as Record<string, string>
	expect(Object.keys(left)).toEqual(expect.arrayContaining(['isk', 'ugx', 'kwd']))
	expect(Object.values(left).filter((amount) => amount !== '0')).toEqual([])
})

test('afterwards no promise is broken', async () => {
	expect(await violations(house.services.db)).toEqual([])
})
