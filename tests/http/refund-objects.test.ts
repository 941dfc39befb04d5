import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { refundAtGateway } from '../integration/refunds/by-hand.ts'
import { expectBalancedBooks } from './ledger-sums.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse()
})
afterAll(() => house.close())
afterEach(() => expectBalancedBooks(house))

const WAIT = { prefer: 'wait=15' }

async function paid(amount = 1_000): Promise<string> {
	const card = { amount, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
	return String((await house.call('POST', '/api/v1/payments', card, WAIT)).body['id'])
}
const refund = async (payment: string, body: object = {}) =>
	String((await house.call('POST', `/api/v1/payments/${payment}/refund`, body, WAIT)).body['id'])

describe('refunds by themselves', () => {
	test('one is read by its id, under both paths', async () => {
		const payment = await paid()
		const id = await refund(payment, { amount: 300 })
		for (const base of ['/api/v1', '/api']) {
			expect(await house.call('GET', `${base}/refunds/${id}`)).toMatchObject({
				status: 200,
				body: {
					id,
					object: 'refund',
					payment,
					amount: 300,
					status: 'succeeded',
					pending_reason: null,
					failure_reason: null,
					failure_message: null,
					made_at_gateway: false,
				},
			})
		}
	})

	test('nobody else’s, and nothing unknown, is found', async () => {
		const id = await refund(await paid())
		const { headers } = await addMerchant(house)
		expectRefusal(await house.call('GET', `/api/v1/refunds/${id}`, undefined, headers), 404, {
			code: 'refund_not_found',
			param: 'id',
		})
		for (const unknown of [newId('re'), 're_x', '1', '%00']) {
			const answer = await house.call('GET', `/api/v1/refunds/${unknown}`)
			expectRefusal(answer, 404, { code: 'refund_not_found', param: 'id' })
		}
		expect((await house.call('GET', '/api/v1/refunds', undefined, headers)).body).toMatchObject({ data: [] })
	})

	test('all are listed newest first, by payment and state, page by page', async () => {
		const payment = await paid()
		const ids: string[] = []
		for (const amount of [1, 2, 3]) ids.unshift(await refund(payment, { amount }))
		const list = async (query: string) => {
			const { body } = await house.call('GET', `/api/v1/refunds?payment=${payment}&${query}`)
			return { ids: (body['data'] as { id: string }[]).map(({ id }) => id), more: body['has_more'] }
		}
		expect(await list('')).toEqual({ ids, more: false })
		expect(await list('limit=2')).toEqual({ ids: ids.slice(0, 2), more: true })
		expect(await list(`limit=2&starting_after=${ids[1]}`)).toEqual({ ids: ids.slice(2), more: false })
		expect(await list(`limit=2&ending_before=${ids[2]}`)).toEqual({ ids: ids.slice(0, 2), more: false })
		expect(await list('status=succeeded')).toEqual({ ids, more: false })
		expect(await list('status=failed')).toEqual({ ids: [], more: false })
		const wrong = await house.call('GET', '/api/v1/refunds?status=lost')
		expectRefusal(wrong, 400, { code: 'parameter_invalid', param: 'status' })
	})

	test('one that is over can not be canceled', async () => {
		const id = await refund(await paid())
		expectRefusal(await house.call('POST', `/api/v1/refunds/${id}/cancel`, {}), 409, {
			code: 'refund_not_cancelable',
		})
	})
})

test('a refund made at the gateway’s own dashboard appears by its message, with nothing asked here', async () => {
	const payment = await paid()
	const ref = await refundAtGateway(house, payment, 400)
	const listed = () => house.call('GET', `/api/v1/refunds?payment=${payment}`)
	await expect
		.poll(async () => ((await listed()).body['data'] as object[]).length, { timeout: 15_000 })
		.toBe(1)
	expect((await listed()).body['data']).toMatchObject([
		{ status: 'succeeded', amount: 400, made_at_gateway: true, reason: null },
	])
	const { body } = await house.call('GET', `/api/v1/payments/${payment}`)
	expect(body).toMatchObject({ amount_refunded: 400, amount_refundable: 600 })
	const own = house.services.db.selectFrom('refunds').select('provider_ref').where('payment_id', '=', payment)
	expect(await own.execute()).toEqual([{ provider_ref: ref }])
})

describe('refunds in bulk', () => {
	type Row = {
		index: number
		payment: string
		refund: { id: string; amount: number } | null
		error: object | null
	}
	const bulk = (refunds: unknown, key: string | null = randomUUID()) =>
		house.call('POST', '/api/v1/refunds/bulk', { refunds }, key === null ? {} : { 'idempotency-key': key })
	const refundedOf = async (payment: string) => {
		const { body } = await house.call('GET', `/api/v1/payments/${payment}`)
		return Number(body['amount']) - Number(body['amount_refundable'])
	}

	test('each row is made or refused by itself', async () => {
		const [first, second, empty] = [await paid(), await paid(), await paid()]
		await refund(empty)
		const unknown = newId('pay')
		const { status, body } = await bulk([
			{ payment: first },
			{ payment: second, amount: 300, reason: 'duplicate' },
			{ payment: second, amount: 701 },
			{ payment: empty },
			{ payment: unknown },
			{ payment: 'no id' },
			{ payment: second, amount: 700 },
		])
		expect(status).toBe(200)
		expect(body).toMatchObject({ object: 'bulk_refund', made: 3, refused: 4 })
		expect(body['results']).toMatchObject([
			{ index: 0, payment: first, refund: { amount: 1_000 }, error: null },
			{ index: 1, payment: second, refund: { amount: 300, reason: 'duplicate' }, error: null },
			{ index: 2, refund: null, error: { code: 'amount_too_large', param: 'amount' } },
			{ index: 3, refund: null, error: { code: 'charge_already_refunded' } },
			{ index: 4, payment: unknown, refund: null, error: { code: 'payment_not_found', param: 'payment' } },
			{ index: 5, refund: null, error: { code: 'payment_not_found' } },
			{ index: 6, payment: second, refund: { amount: 700 }, error: null },
		])
	})

	test('the same key again answers the same bytes and refunds nothing more', async () => {
		const payment = await paid()
		const key = randomUUID()
		const rows = [
			{ payment, amount: 300 },
			{ payment, amount: 5_000 },
		]
		const first = await bulk(rows, key)
		await refund(payment, { amount: 100 })
		const second = await bulk(rows, key)
		expect(second.text).toBe(first.text)
		expect(second.headers.get('idempotent-replayed')).toBe('true')
		expect(await refundedOf(payment)).toBe(400)
	})

	test('the same key at the same moment refunds each row once', async () => {
		const payments = await Promise.all([paid(), paid(), paid()])
		const key = randomUUID()
		const rows = payments.map((payment) => ({ payment, amount: 200 }))
		const answers = await Promise.all(Array.from({ length: 4 }, () => bulk(rows, key)))
		expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
		expect(await Promise.all(payments.map(refundedOf))).toEqual([200, 200, 200])
	})

	test('one that died half-way is finished by its repeat, which finds what was made', async () => {
		const [first, second] = [await paid(), await paid()]
		const key = randomUUID()
		const rows = [
			{ payment: first, amount: 300 },
			{ payment: second, amount: 300 },
		]
		const answer = await bulk(rows, key)
		// As it was after the first row: neither the answer nor the second row were kept.
		const [, made] = answer.body['results'] as Row[]
		const keys = house.owner.deleteFrom('idempotency_keys').where('merchant_id', '=', house.demo.merchantId)
		await keys.where('route', '=', 'POST /refunds/bulk').where('key', '=', key).execute()
		await keys.where('route', '=', `POST /refunds/bulk/${key}`).where('key', '=', '1').execute()
		const again = await bulk(rows, key)
		const [kept, anew] = again.body['results'] as Row[]
		expect(kept?.refund).toMatchObject({ id: (answer.body['results'] as Row[])[0]?.refund?.id })
		expect(anew?.refund?.id).not.toBe(made?.refund?.id)
		expect(await refundedOf(first)).toBe(300)
	})

	test('the same key with other rows is refused, also when the first died half-way', async () => {
		const payment = await paid()
		const key = randomUUID()
		await bulk([{ payment, amount: 300 }], key)
		const other = () => bulk([{ payment, amount: 200 }], key)
		const refused = { code: 'idempotency_key_reused', param: 'Idempotency-Key', type: 'idempotency_error' }
		expect((await other()).body).toMatchObject({ error: refused })
		await house.owner.deleteFrom('idempotency_keys').where('route', '=', 'POST /refunds/bulk').execute()
		expect(await other()).toMatchObject({ status: 422, body: { error: refused } })
		expect(await refundedOf(payment)).toBe(300)
	})

	test.each([
		['no key', null, [{ payment: 'x' }], 'idempotency_key_missing', 'Idempotency-Key'],
		['no rows', undefined, [], 'parameter_invalid', 'refunds'],
		[
			'too many',
			undefined,
			Array.from({ length: 101 }, () => ({ payment: 'x' })),
			'parameter_invalid',
			'refunds',
		],
		[
			'a wrong amount',
			undefined,
			[{ payment: 'x' }, { payment: 'x', amount: 0 }],
			'parameter_invalid',
			'refunds.1.amount',
		],
		['a strange field', undefined, [{ payment: 'x', force: true }], 'parameter_unknown', 'refunds.0.force'],
	])('with %s is refused as a whole', async (_what, key, rows, code, param) => {
		expectRefusal(await bulk(rows, key), 400, { code, param })
	})
})
