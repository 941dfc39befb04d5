import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { balancesOf, expectBalancedBooks } from './ledger-sums.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())
afterEach(() => expectBalancedBooks(house))

const WAIT = { prefer: 'wait=15' }
const CARD = { amount: 1_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

async function paid(body: object = {}): Promise<string> {
	const created = await house.call('POST', '/api/v1/payments', { ...CARD, ...body }, WAIT)
	return String(created.body['id'])
}
const read = async (id: string) => (await house.call('GET', `/api/v1/payments/${id}`)).body
const refund = (id: string, body: unknown = {}) =>
	house.call('POST', `/api/v1/payments/${id}/refund`, body, WAIT)

test('a full refund gives everything back', async () => {
	const id = await paid()
	expect(await refund(id, { reason: 'requested_by_customer' })).toMatchObject({
		status: 201,
		body: {
			object: 'refund',
			payment: id,
			amount: 1_000,
			currency: 'eur',
			status: 'succeeded',
			reason: 'requested_by_customer',
		},
	})
	expect(await read(id)).toMatchObject({ status: 'succeeded', amount_refunded: 1_000, amount_refundable: 0 })
	expectRefusal(await refund(id), 409, { code: 'charge_already_refunded' })
})

test('partial refunds add up, and the last one without an amount gives back what is left', async () => {
	const id = await paid()
	expect(await refund(id, { amount: 300 })).toMatchObject({ status: 201, body: { amount: 300 } })
	expect(await refund(id, { amount: 1 })).toMatchObject({ status: 201, body: { amount: 1 } })
	expect(await read(id)).toMatchObject({ amount_refunded: 301, amount_refundable: 699 })
	expect(await refund(id)).toMatchObject({ status: 201, body: { amount: 699 } })
	expect(await read(id)).toMatchObject({ amount_refunded: 1_000, amount_refundable: 0 })
})

describe('a refund that cannot be', () => {
	const refusedWithoutTrace = async (
		id: string,
		body: unknown,
		status: number,
		parts: { code: string; param?: string },
	) => {
		const before = await countRows(house)
		expectRefusal(await refund(id, body), status, parts)
		expect(await countRows(house)).toEqual(before)
	}

	test('because it is above the captured amount names the amount', async () => {
		const id = await paid()
		await refusedWithoutTrace(id, { amount: 1_001 }, 400, { code: 'amount_too_large', param: 'amount' })
	})

	test('because it is above what is left names the amount', async () => {
		const id = await paid()
		await refund(id, { amount: 600 })
		await refusedWithoutTrace(id, { amount: 401 }, 400, { code: 'amount_too_large', param: 'amount' })
	})

	test('because only a part was captured names the amount', async () => {
		const id = await paid({ capture_method: 'manual' })
		await house.call('POST', `/api/v1/payments/${id}/capture`, { amount_to_capture: 400 }, WAIT)
		await refusedWithoutTrace(id, { amount: 401 }, 400, { code: 'amount_too_large', param: 'amount' })
		expect(await refund(id)).toMatchObject({ status: 201, body: { amount: 400 } })
	})

	test.each([
		['was never confirmed', { confirm: false }],
		['is authorized only', { capture_method: 'manual' }],
		['is held for review', { currency: 'usd', amount: 600_000 }],
		['failed', { payment_method: 'pm_card_chargeDeclined' }],
	])('because the payment %s is a conflict', async (_what, body) => {
		const id = await paid(body)
		await refusedWithoutTrace(id, {}, 409, { code: 'payment_not_refundable' })
	})

	test.each([
		['amount', { amount: 0 }],
		['amount', { amount: -5 }],
		['amount', { amount: 0.5 }],
		['amount', { amount: '100' }],
		['amount', { amount: null }],
		['amount', { amount: 1e308 }],
		['reason', { reason: 'because' }],
		['reason', { reason: null }],
	])('because of its %s %j is refused by name', async (param, body) => {
		const id = await paid()
		await refusedWithoutTrace(id, body, 400, { code: 'parameter_invalid', param })
	})
})

test('ten partial refunds at the same moment never give back more than was captured', async () => {
	const id = await paid()
	const answers = await Promise.all(Array.from({ length: 10 }, () => refund(id, { amount: 300 })))
	const made = answers.filter(({ status }) => status === 201)
	expect(made).toHaveLength(3)
	for (const answer of answers.filter(({ status }) => status !== 201)) {
		expectRefusal(answer, 400, { code: 'amount_too_large', param: 'amount' })
	}
	expect(await read(id)).toMatchObject({ amount_refunded: 900, amount_refundable: 100 })
	const ids = new Set(made.map(({ body }) => body['id']))
	expect(ids.size).toBe(3)
	const { refunds, charges } = await house.sandbox.books()
	const charge = charges.find(({ metadata }) => metadata['payment_id'] === id) as unknown as {
		amount_refunded: number
	}
	expect(charge.amount_refunded).toBe(900)
	expect(refunds.every(({ amount }) => amount <= 1_000)).toBe(true)
})

test('five full refunds at the same moment are one', async () => {
	const id = await paid()
	const answers = await Promise.all(Array.from({ length: 5 }, () => refund(id)))
	expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
	expect(await read(id)).toMatchObject({ amount_refunded: 1_000 })
})

test('a currency without digits and one with three are exact to the unit, in the ledger as well', async () => {
	for (const currency of ['jpy', 'kwd']) {
		// Card networks take no third decimal: the last digit is 0.
		const [amount, part] = currency === 'jpy' ? [50_001, 1] : [12_340, 10]
		const id = await paid({ amount, currency })
		expect(await refund(id, { amount: part })).toMatchObject({ status: 201 })
		expect(await read(id)).toMatchObject({ amount_captured: amount, amount_refunded: part })
		const balances = await balancesOf(house, currency)
		expect(balances['merchant_balance']).toBe(-BigInt(amount - part))
		expect(balances['refunds']).toBe(0n)
		expect((balances['gateway_clearing'] ?? 0n) + (balances['fees'] ?? 0n)).toBe(BigInt(amount - part))
	}
})
