import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant, type SecondMerchant } from './second-merchant.ts'

let house: House
let stranger: SecondMerchant
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
	stranger = await addMerchant(house)
})
afterAll(() => house.close())

const PATH = '/api/v1/payments'
const BODY = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const UNCONFIRMED = { amount: 1_999, currency: 'eur' }
const REPLAYED = 'idempotent-replayed'

const idOf = (answer: Answer): string => String(answer.body['id'])
const chargesOf = async (paymentId: string) =>
	(await house.sandbox.books()).charges.filter((charge) => Object.values(charge.metadata).includes(paymentId))

/** The row of a first request that died before it answered. */
async function leaveUnfinished(key: string, text: string, paymentId: string, lockedUntil: Date) {
	await house.services.db
		.insertInto('idempotency_keys')
		.values({
			merchant_id: house.demo.merchantId,
			livemode: false,
			route: 'POST /payments',
			key,
			fingerprint: createHash('sha256').update(text).digest(),
			resource_id: paymentId,
			locked_until: lockedUntil,
		})
		.execute()
}

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000)

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	const post = (body: unknown, key: string, headers: Record<string, string> = {}) =>
		house.call('POST', PATH, body, { 'idempotency-key': key, ...door, ...headers })

	test.each([
		['answered at once', {}],
		['waited for', { prefer: 'wait=15' }],
	])('64 at the same time with one key, %s, are one payment and one charge', async (_what, headers) => {
		const key = randomUUID()
		const before = await countRows(house)
		const answers = await Promise.all(Array.from({ length: 64 }, () => post(BODY, key, headers)))

		const made = answers.filter((answer) => answer.status === 201)
		expect(made.length).toBeGreaterThan(0)
		expect(new Set(made.map((answer) => answer.text)).size).toBe(1)
		for (const answer of answers.filter(({ status }) => status !== 201)) {
			expect(answer).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_in_use' } } })
		}
		const after = await countRows(house)
		expect(after['payments']).toBe((before['payments'] ?? 0) + 1)
		expect(after['keys']).toBe((before['keys'] ?? 0) + 1)

		const [first] = made
		if (!first) throw new Error('nobody made the payment')
		const last = await post(BODY, key, headers)
		expect(last).toMatchObject({ status: 201, text: first.text })
		await expect.poll(() => statusOf(idOf(first)), { timeout: 10_000 }).toBe('succeeded')
		expect(await chargesOf(idOf(first))).toMatchObject([{ amount: 1_999, status: 'succeeded' }])
	})

	test('the first answer says nothing of a replay, every later one does', async () => {
		const key = randomUUID()
		const first = await post(UNCONFIRMED, key)
		const second = await post(UNCONFIRMED, key)
		expect(first).toMatchObject({ status: 201 })
		expect(first.headers.has(REPLAYED)).toBe(false)
		expect(second).toMatchObject({ status: 201, text: first.text })
		expect(second.headers.get(REPLAYED)).toBe('true')
	})

	test('what was waited for is replayed byte for byte, also after the payment went on', async () => {
		const key = randomUUID()
		const first = await post(BODY, key, { prefer: 'wait=15' })
		expect(first).toMatchObject({ status: 201, body: { status: 'succeeded', amount_refunded: 0 } })
		await house.call('POST', `${PATH}/${idOf(first)}/refund`, { amount: 100 }, { prefer: 'wait=15' })
		for (const headers of [{}, { prefer: 'wait=15' }]) {
			const again = await post(BODY, key, headers)
			expect(again).toMatchObject({ status: 201, text: first.text })
			expect(again.headers.get(REPLAYED)).toBe('true')
		}
	})

	test('another body under the same key is refused and names the payment of the first', async () => {
		const key = randomUUID()
		const first = await post(UNCONFIRMED, key)
		const before = await countRows(house)
		for (const other of [
			{ ...UNCONFIRMED, amount: 2_000 },
			// The same request in other bytes is another body, too: what was signed off is what was sent.
			`${JSON.stringify(UNCONFIRMED)} `,
		]) {
			expectRefusal(await post(other, key), 422, {
				code: 'idempotency_key_reused',
				type: 'idempotency_error',
				param: 'Idempotency-Key',
				resource_id: idOf(first),
			})
		}
		expect(await countRows(house)).toEqual(before)
	})

	test('a refused request keeps nothing: its key is free for the mended one', async () => {
		const key = randomUUID()
		const before = await countRows(house)
		expect(await post({ ...UNCONFIRMED, amount: 0 }, key)).toMatchObject({ status: 400 })
		expect(await post({ ...UNCONFIRMED, currency: 'XXX' }, key)).toMatchObject({ status: 400 })
		expect(await countRows(house)).toEqual(before)
		const mended = await post(UNCONFIRMED, key)
		expect(mended).toMatchObject({ status: 201 })
		expect(mended.headers.has(REPLAYED)).toBe(false)
	})

	test('two merchants may use the same key', async () => {
		const key = randomUUID()
		const mine = await post(UNCONFIRMED, key)
		const theirs = await post({ ...UNCONFIRMED, amount: 5 }, key, stranger.headers)
		expect(theirs).toMatchObject({ status: 201, body: { amount: 5 } })
		expect(idOf(theirs)).not.toBe(idOf(mine))
	})

	test.each([
		['empty', ''],
		['256 characters long', 'k'.repeat(256)],
		['one with a letter beyond ASCII', 'schlüssel'],
		['one with a tab', 'a\tb'],
	])('a key that is %s is refused', async (_what, key) => {
		const before = await countRows(house)
		expectRefusal(await post(UNCONFIRMED, key), 400, {
			code: 'idempotency_key_invalid',
			param: 'Idempotency-Key',
		})
		expect(await countRows(house)).toEqual(before)
	})

	test('a key of 255 characters with spaces within is kept whole', async () => {
		const key = `${randomUUID()} ${'~'.repeat(218)}`
		const first = await post(UNCONFIRMED, key)
		expect(await post(UNCONFIRMED, key)).toMatchObject({ status: 201, text: first.text })
		expect(await post(UNCONFIRMED, key.slice(0, -1))).not.toMatchObject({ text: first.text })
	})

	test('a first request that died is finished by the next, with the payment as it is now', async () => {
		const key = randomUUID()
		const text = JSON.stringify(BODY)
		const paid = await house.call('POST', PATH, text, { prefer: 'wait=15' })
		await leaveUnfinished(key, text, idOf(paid), inSeconds(-1))
		const before = await countRows(house)

		const finished = await post(text, key)
		expect(finished).toMatchObject({ status: 201, body: { id: idOf(paid), status: 'succeeded' } })
		expect(finished.headers.get(REPLAYED)).toBe('true')
		expect(await post(text, key)).toMatchObject({ status: 201, text: finished.text })
		expect(await countRows(house)).toEqual(before)
		expect(await chargesOf(idOf(paid))).toHaveLength(1)
	})

	test('while the first request is at work, the others are told to come back', async () => {
		const key = randomUUID()
		const text = JSON.stringify(UNCONFIRMED)
		const kept = await house.call('POST', PATH, text)
		await leaveUnfinished(key, text, idOf(kept), inSeconds(60))
		expectRefusal(await post(text, key), 409, {
			code: 'idempotency_key_in_use',
			resource_id: idOf(kept),
		})
	})
})

async function statusOf(paymentId: string): Promise<unknown> {
	return (await house.call('GET', `${PATH}/${paymentId}`)).body['status']
}

test('the alias of a path shares its keys', async () => {
	const headers = { 'idempotency-key': randomUUID() }
	const first = await house.call('POST', '/api/payments', UNCONFIRMED, headers)
	expect(await house.call('POST', PATH, UNCONFIRMED, headers)).toMatchObject({
		status: 201,
		text: first.text,
	})
})

test('a key used for a payment is free for each of its operations and for every other payment', async () => {
	const headers = { 'idempotency-key': randomUUID(), prefer: 'wait=15' }
	const body = { ...BODY, capture_method: 'manual' }
	const first = await house.call('POST', PATH, body, headers)
	const second = await house.call('POST', PATH, body, { prefer: 'wait=15' })
	for (const paymentId of [idOf(first), idOf(second)]) {
		const captured = await house.call('POST', `${PATH}/${paymentId}/capture`, {}, headers)
		expect(captured).toMatchObject({ status: 200, body: { id: paymentId, status: 'succeeded' } })
		const refunded = await house.call('POST', `${PATH}/${paymentId}/refund`, {}, headers)
		expect(refunded).toMatchObject({ status: 201, body: { payment: paymentId, amount: 1_999 } })
	}
})

test('16 refunds at the same time with one key are one refund', async () => {
	const paid = await house.call('POST', PATH, BODY, { prefer: 'wait=15' })
	const path = `${PATH}/${idOf(paid)}/refund`
	const headers = { 'idempotency-key': randomUUID() }
	const before = await countRows(house)
	const answers = await Promise.all(
		Array.from({ length: 16 }, () => house.call('POST', path, { amount: 500 }, headers)),
	)
	const made = answers.filter(({ status }) => status === 201)
	expect(new Set(made.map(({ text }) => text)).size).toBe(1)
	expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
	expect((await countRows(house))['refunds']).toBe((before['refunds'] ?? 0) + 1)
	expectRefusal(await house.call('POST', path, { amount: 501 }, headers), 422, {
		code: 'idempotency_key_reused',
		param: 'Idempotency-Key',
		resource_id: String(made[0]?.body['id']),
	})
})

test('a refused operation keeps nothing: its key is free for the mended one', async () => {
	const paid = await house.call('POST', PATH, BODY, { prefer: 'wait=15' })
	const headers = { 'idempotency-key': randomUUID() }
	const path = `${PATH}/${idOf(paid)}/refund`
	expect(await house.call('POST', path, { amount: 2_000 }, headers)).toMatchObject({ status: 400 })
	expect(await house.call('POST', path, { amount: 1_999 }, headers)).toMatchObject({ status: 201 })
})
