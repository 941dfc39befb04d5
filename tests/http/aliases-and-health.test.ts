import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, WEBHOOK_SECRET, type House } from '#tests/support/house.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())

const WAIT = { prefer: 'wait=15' }
const HELD = {
	amount: 1_999,
	currency: 'eur',
	payment_method: 'pm_card_visa',
	confirm: true,
	capture_method: 'manual',
}

test.each(['/api', '/api/v1'])('a payment lives its whole life under %s', async (base) => {
	const created = await house.call('POST', `${base}/payments`, HELD, WAIT)
	expect(created).toMatchObject({ status: 201, body: { status: 'requires_capture' } })
	const path = `${base}/payments/${String(created.body['id'])}`
	expect(await house.call('POST', `${path}/capture`, {}, WAIT)).toMatchObject({
		body: { status: 'succeeded' },
	})
	expect(await house.call('POST', `${path}/refund`, {}, WAIT)).toMatchObject({ body: { amount: 1_999 } })
	expect(await house.call('GET', path)).toMatchObject({ status: 200, body: { amount_refunded: 1_999 } })
})

test('what is read under the alias is the same, byte for byte', async () => {
	const created = await house.call('POST', '/api/payments', { amount: 1, currency: 'eur' })
	for (const path of [
		`/payments/${String(created.body['id'])}`,
		'/payments?limit=3',
		'/events?limit=3',
		'/payments?limit=3&status=canceled',
	]) {
		const canonical = await house.call('GET', `/api/v1${path}`)
		expect(canonical.status).toBe(200)
		expect(await house.call('GET', `/api${path}`)).toMatchObject({ status: 200, text: canonical.text })
	}
})

test.each([
	['GET', '/payments/pay_nobody', undefined],
	['GET', '/payments?limit=0', undefined],
	['GET', '/events?offset=1', undefined],
	['POST', '/payments', { amount: '1' }],
	['POST', '/payments/pay_nobody/capture', {}],
	['POST', '/payments/pay_nobody/refund', {}],
	['POST', '/health', {}],
	['DELETE', '/payments', {}],
	['POST', '/webhooks/stripe', {}],
])('%s %s is refused alike under both', async (method, path, body) => {
	const withoutId = ({ body: { error } }: { body: Record<string, unknown> }) => ({
		...(error as object),
		request_id: '',
	})
	const canonical = await house.call(method, `/api/v1${path}`, body)
	const alias = await house.call(method, `/api${path}`, body)
	expect(canonical.status).toBeGreaterThanOrEqual(400)
	expect(canonical.status).toBeLessThan(500)
	expect(alias.status).toBe(canonical.status)
	expect(withoutId(alias)).toEqual(withoutId(canonical))
})

test('gateways may call either webhook path, and one message counts once for both', async () => {
	const payload = JSON.stringify({ id: `evt_${randomUUID()}`, object: 'event', type: 'customer.created' })
	const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET })
	const headers = { 'stripe-signature': header }
	const first = await house.call('POST', '/api/webhooks/stripe', payload, headers)
	const second = await house.call('POST', '/api/v1/webhooks/stripe', payload, headers)
	expect(first).toMatchObject({ status: 200, body: { duplicate: false } })
	expect(second).toMatchObject({ status: 200, body: { duplicate: true } })
})

test.each(['/health', '/api/health', '/api/v1/health'])(
	'%s tells what this process can reach, to anybody',
	async (path) => {
		const answer = await house.call('GET', path, undefined, { authorization: '' })
		expect(answer).toMatchObject({
			status: 200,
			body: { status: 'ok', checks: { app: 'ok', database: 'ok', queue: 'ok' } },
		})
		expect(answer.headers.get('cache-control')).toBe('no-store')
	},
)
