import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expirePayments } from '#app/commands/payments/expire-payments.server.ts'
import { forgetOldKeys } from '#db/queries/idempotency.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { chargedPayment, runNow, takePayment } from '../integration/payments/by-hand.ts'
import { CARD, isReplay, sendUnder, type Prepared } from './every-post.ts'
import { countRows } from './kept-rows.ts'
import { LIVE_STRIPE, openLiveWorld } from './worlds.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, ...LIVE_STRIPE })
})
afterAll(() => house.close())

const PATH = '/api/v1/payments'
const post = (request: Prepared, key: string, headers = {}, at = house) =>
	sendUnder(at, key, request, headers)

describe('where a key counts', () => {
	test('one key on every path of one payment, and on those of another, is as many keys', async () => {
		const key = randomUUID()
		const before = await countRows(house)
		const first = await post({ path: PATH, body: { ...CARD, capture_method: 'manual' } }, key)
		const second = await takePayment(house, { ...CARD, capture_method: 'manual' })
		await runNow(house, processPayment)
		for (const id of [String(first.body['id']), second]) {
			const answer = await post({ path: `${PATH}/${id}/capture`, body: {} }, key)
			expect(answer).toMatchObject({ status: 200, body: { id } })
			expect(isReplay(answer)).toBe(false)
		}
		expect((await countRows(house))['keys']).toBe((before['keys'] ?? 0) + 3)
	})

	test('one key with test money and with real money is two keys', async () => {
		const live = await openLiveWorld(house)
		const key = randomUUID()
		const draft = { path: PATH, body: { amount: 2_000, currency: 'eur' } }
		const inTest = await post(draft, key)
		const inLive = await post(draft, key, live.headers)
		expect([inTest.body['livemode'], inLive.body['livemode']]).toEqual([false, true])
		expect(inLive.body['id']).not.toBe(inTest.body['id'])
		expect(isReplay(inLive)).toBe(false)
		expect(await post(draft, key, live.headers)).toMatchObject({ text: inLive.text })
	})
})

describe('how long a key is kept', () => {
	const age = (key: string, days: number) =>
		sql`update idempotency_keys set created_at = now() - make_interval(days => ${days}) where key = ${key}`.execute(
			house.owner,
		)

	test('for six days it replays, after seven it is new', async () => {
		const paid = await chargedPayment(house)
		const refund = { path: `${PATH}/${paid}/refund`, body: { amount: 100 } }
		const key = randomUUID()
		const first = await post(refund, key)
		await age(key, 6)
		await forgetOldKeys(house.services.db)
		expect(await post(refund, key)).toMatchObject({ status: 201, text: first.text })
		await age(key, 8)
		await forgetOldKeys(house.services.db)
		const anew = await post(refund, key)
		expect(anew).toMatchObject({ status: 201 })
		expect(isReplay(anew)).toBe(false)
		expect(anew.body['id']).not.toBe(first.body['id'])
	})

	test('the janitor forgets old keys by itself', async () => {
		const key = randomUUID()
		await post({ path: PATH, body: { amount: 2_000, currency: 'eur' } }, key)
		await age(key, 8)
		await expirePayments(house.services, 'test')
		const left = await house.owner
			.selectFrom('idempotency_keys')
			.select('key')
			.where('key', '=', key)
			.execute()
		expect(left).toEqual([])
	})
})
