import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { expectRefusal } from './refusal.ts'
import { openLiveWorld, type LiveWorld } from './worlds.ts'

let house: House
let live: LiveWorld
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	live = await openLiveWorld(house)
})
afterAll(() => house.close())

const PATH = '/api/v1/payments'
const payments = () => house.owner.selectFrom('payments').select('id').execute()

test.each([
	['charged at once', { payment_method: 'pm_card_visa', confirm: true }],
	['confirmed later', {}],
])('live mode without live keys takes no payment that is to be %s, and says so', async (_, more) => {
	const body = { amount: 1_000, currency: 'eur', ...more }
	const answer = await house.call('POST', PATH, body, live.headers)
	expectRefusal(answer, 409, { code: 'no_gateway_connected' })
	expect(answer.text).toContain('Live mode has no payment company connected')
	expect(await payments()).toEqual([])
})

test('test mode of the same house takes them all the while', async () => {
	const body = { amount: 1_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
	expect(await house.call('POST', PATH, body)).toMatchObject({ status: 201, body: { livemode: false } })
})

test('everything else works: lists, settings, gateways with what they lack', async () => {
	for (const path of [PATH, '/api/v1/refunds', '/api/v1/events', '/api/v1/reconciliation', '/api/v1/audit'])
		expect((await house.call('GET', path, undefined, live.headers)).status, path).toBe(200)
	const gateways = await house.call('GET', '/api/v1/gateways', undefined, live.headers)
	expect(gateways.body['data']).toMatchObject([{ state: 'missing_key' }, { state: 'missing_key' }])
})
