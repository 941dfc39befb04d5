import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { THROUGH_REMIX } from '#tests/support/doors.ts'

let house: House
beforeAll(async () => {
	house = await openHouse()
})
afterAll(() => house.close())

const BODY = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

test.each([
	['fast lane', {}],
	['Remix', THROUGH_REMIX],
])('a payment goes the whole way through the %s', async (_door, door) => {
	const created = await house.call('POST', '/api/v1/payments', BODY, { prefer: 'wait=10', ...door })
	expect(created.status).toBe(201)
	expect(created.body).toMatchObject({ status: 'succeeded', amount_captured: 1_999, object: 'payment' })
	const read = await house.call('GET', `/api/v1/payments/${String(created.body['id'])}`, undefined, door)
	expect(read.body).toEqual(created.body)
})
