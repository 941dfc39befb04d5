import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const CARD = { confirmation_token: 'pm_card_visa', email: 'ada@example.com' }

async function order(): Promise<string> {
	const productId = PRODUCTS[0].id
	const { sessionId } = await openCheckoutSession(house.services, { items: [{ productId, quantity: 1 }] })
	return sessionId
}

const confirm = (sessionId: string, key: string, body: object = CARD) =>
	house.call('POST', `/checkout/${sessionId}/confirm`, body, {
		'sec-fetch-site': 'same-origin',
		'idempotency-key': key,
	})

test('the same try sent again is told the same, byte for byte', async () => {
	const sessionId = await order()
	const key = randomUUID()
	const first = await confirm(sessionId, key)
	expect(first.status, first.text).toBe(200)
	expect(first.headers.get('idempotent-replayed')).toBeNull()
	const kept = await countRows(house)
	const again = await confirm(sessionId, key)
	expect(again).toMatchObject({ status: 200, text: first.text })
	expect(again.headers.get('idempotent-replayed')).toBe('true')
	expect(await countRows(house)).toEqual(kept)
})

test('64 sendings at once are one payment and one job', async () => {
	const sessionId = await order()
	const key = randomUUID()
	const before = await countRows(house)
	const answers = await Promise.all(Array.from({ length: 64 }, () => confirm(sessionId, key)))
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
	expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
	const after = await countRows(house)
	expect(after).toMatchObject({ payments: (before['payments'] ?? 0) + 1, jobs: (before['jobs'] ?? 0) + 1 })
})

test('another card under the same key is refused, and the order is named', async () => {
	const sessionId = await order()
	const key = randomUUID()
	await confirm(sessionId, key)
	const other = await confirm(sessionId, key, { ...CARD, confirmation_token: 'pm_card_mastercard' })
	expect(other.status).toBe(422)
	expect(other.body['error']).toMatchObject({ code: 'idempotency_key_reused', resource_id: sessionId })
})

test('the same key pays another order', async () => {
	const key = randomUUID()
	const [one, two] = [await order(), await order()]
	const answers = [await confirm(one, key), await confirm(two, key)]
	expect(answers.map(({ status }) => status)).toEqual([200, 200])
	expect(answers[0]?.text).not.toBe(answers[1]?.text)
})

test('an order that expired keeps nothing of the key', async () => {
	const sessionId = await order()
	await house.services.db
		.updateTable('checkout_sessions')
		.set({ expires_at: new Date(0) })
		.where('id', '=', sessionId)
		.execute()
	const before = await countRows(house)
	expect(await confirm(sessionId, randomUUID())).toMatchObject({
		status: 409,
		body: { error: { code: 'checkout_session_expired' } },
	})
	expect(await countRows(house)).toEqual(before)
})

test('an order that does not exist is not found', async () => {
	expect(await confirm('cs_00000000000000000000000000', randomUUID())).toMatchObject({ status: 404 })
})

test('a tab that was loaded again sends the try without who pays, and is told the same', async () => {
	const sessionId = await order()
	const key = randomUUID()
	const first = await confirm(sessionId, key, { ...CARD, name: 'Ada' })
	const again = await confirm(sessionId, key, { confirmation_token: CARD.confirmation_token })
	expect(again).toMatchObject({ status: 200, text: first.text })
	expect(again.headers.get('idempotent-replayed')).toBe('true')
})
