import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { presentCheckout } from '#app/presenters/checkout.server.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from '../../http/kept-rows.ts'
import { expectRefusal } from '../../http/refusal.ts'
import { paymentOf, runNow, takePayment } from '../payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

async function ops(...words: string[]): Promise<{ code: number; said: string }> {
	const env = { ...process.env, DATABASE_URL: house.databaseUrl }
	return promisify(execFile)(process.execPath, ['jobs/ops/main.ts', 'merchants', ...words], { env }).then(
		({ stdout }) => ({ code: 0, said: stdout }),
		(error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
	)
}

const items = [{ productId: PRODUCTS[0].id, quantity: 1 }]
const order = async () => (await openCheckoutSession(house.services, { items })).sessionId
const confirm = (sessionId: string) =>
	house.call(
		'POST',
		`/checkout/${sessionId}/confirm`,
		{ confirmation_token: 'pm_card_visa' },
		{ 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() },
	)
const statusOf = async (sessionId: string) =>
	(await presentCheckout(house.services, { sessionId, country: null }))?.session.status
const suspendedAt = async () =>
	(await house.owner.selectFrom('merchants').select('suspended_at').executeTakeFirstOrThrow()).suspended_at

test('a suspended shop takes no payments and says so, ends what it began, and can be let again', async () => {
	const { merchantId } = house.demo
	const [open, paying] = [await order(), await order()]
	expect((await confirm(paying)).status).toBe(200)
	const began = await takePayment(house)

	expect(await ops('suspend', merchantId, '--reason', 'Stolen cards')).toMatchObject({ code: 0 })
	const before = await countRows(house)
	expectRefusal(await confirm(open), 403, { code: 'shop_closed', type: 'permission_error' })
	await expect(order()).rejects.toMatchObject({ code: 'shop_closed' })
	expect(await countRows(house)).toEqual(before)
	expect(await statusOf(open)).toBe('closed')
	// Sent again, a payment that is under way is told where it stands.
	expect((await confirm(paying)).status).toBe(200)

	await runNow(house, processPayment)
	expect(await paymentOf(house, began)).toMatchObject({ status: 'succeeded' })

	expect(await ops('resume', merchantId)).toMatchObject({ code: 0 })
	expect(await suspendedAt()).toBeNull()
	expect(await statusOf(open)).toBe('open')
	expect((await confirm(open)).status).toBe(200)
})

test('a suspension needs a reason and a business that is there', async () => {
	expect(await ops('suspend', house.demo.merchantId)).toMatchObject({ code: 2, said: /why/ })
	expect(await ops('suspend', 'mer_nobody', '--reason', 'x')).toMatchObject({ code: 2, said: /no business/ })
	expect(await suspendedAt()).toBeNull()
})
