import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { API_OPERATIONS, type GuardedOperation, type PersonOperation } from '#app/domain/access/operations.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { apiSamples, makeOurs, type Ours } from './matrix/api-samples.ts'
import { apiPaths } from './matrix/route-table.ts'
import { addKey, addMerchant, type SecondMerchant } from './second-merchant.ts'

let house: House
let stranger: SecondMerchant
let ours: Ours
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	stranger = await addMerchant(house)
	ours = await makeOurs(house)
})
afterAll(() => house.close())

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Asking = GuardedOperation | PersonOperation
const GUARDED = Object.entries(API_OPERATIONS).flatMap(([name, asks]) =>
	asks === 'public' ? [] : [name as Asking],
)

/** Status and text; a stream is left as soon as it has begun. */
async function send(name: Asking, authorization: string | null) {
	const { path, body } = apiSamples(ours)[name]
	const gone = new AbortController()
	const response = await fetch(`${house.baseUrl}/api/v1${path}`, {
		method: name.split(' ')[0] ?? '',
		headers: {
			...(authorization !== null && { authorization }),
			...(body && { 'content-type': 'application/json' }),
			'idempotency-key': `${name} by ${authorization ?? 'nobody'}`,
		},
		...(body && { body: JSON.stringify(body) }),
		signal: gone.signal,
	})
	const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
	const text = isStream ? '' : await response.text()
	gone.abort()
	return { status: response.status, text }
}

async function expectRefused(authorization: string | null, status: number): Promise<void> {
	const before = await countRows(house)
	for (const name of GUARDED) {
		const answer = await send(name, authorization)
		expect(answer.status, `${name}: ${answer.text}`).toBe(status)
		for (const id of Object.values(ours)) expect(answer.text, name).not.toContain(id)
	}
	expect(await countRows(house)).toEqual(before)
}

describe('the permission table of the API', () => {
	test('has every route of remix.config.js, with the methods it answers, and nothing else', async () => {
		const offered: string[] = []
		for (const path of new Set(apiPaths())) {
			for (const method of METHODS) {
				const url = `${house.baseUrl}/api/v1${path.replaceAll(/:\w+/g, 'x')}`
				const response = await fetch(url, { method })
				await response.body?.cancel()
				if (response.status !== 405) offered.push(`${method} ${path}`)
			}
		}
		expect(offered.sort()).toEqual(Object.keys(API_OPERATIONS).sort())
	})
})

describe('no operation is carried out for', () => {
	test('somebody without a key', () => expectRefused(null, 401))

	test('a key with one letter changed', async () => {
		const { authorization } = await addKey(house, house.demo.merchantId)
		const last = authorization.at(-1) === '0' ? '1' : '0'
		await expectRefused(authorization.slice(0, -1) + last, 401)
	})

	test('a revoked key', async () => {
		const { authorization } = await addKey(house, house.demo.merchantId, { revoked: true })
		await expectRefused(authorization, 401)
	})

	test('a publishable key', () => expectRefused(`Bearer ${house.demo.publishableKey}`, 403))
})

describe('another merchant’s key with our ids', () => {
	test.each(GUARDED)('%s', async (name) => {
		const { stranger: fate } = apiSamples(ours)[name]
		const before = await countRows(house)
		const answer = await send(name, stranger.headers.authorization)
		if (fate === 'finds nothing' || fate === 'is refused') {
			expect(answer.status, answer.text).toBe(fate === 'is refused' ? 403 : 404)
			expect(await countRows(house)).toEqual(before)
			return
		}
		expect(answer.status, answer.text).toBeLessThan(500)
		expect(answer.status).not.toBe(403)
		if (fate === 'sees their own') for (const id of Object.values(ours)) expect(answer.text).not.toContain(id)
	})

	test('and ours are as they were', async () => {
		const payment = await house.call('GET', `/api/v1/payments/${ours.payment}`)
		expect(payment.body).toMatchObject({ status: 'succeeded', amount_refunded: 0 })
		expect((await house.call('GET', `/api/v1/refunds/${ours.refund}`)).body).toMatchObject({
			status: 'pending',
		})
		expect(await house.owner.selectFrom('refunds').select('merchant_id').execute()).toEqual([
			{ merchant_id: house.demo.merchantId },
		])
	})
})
