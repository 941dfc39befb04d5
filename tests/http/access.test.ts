import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'
import { addKey, addMerchant, type SecondMerchant } from './second-merchant.ts'

let house: House
let stranger: SecondMerchant
let theirs: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	stranger = await addMerchant(house)
	const created = await house.call('POST', '/api/v1/payments', BODY, stranger.headers)
	theirs = String(created.body['id'])
})
afterAll(() => house.close())

const BODY = { amount: 1_999, currency: 'eur' }
const OPERATIONS = ['confirm', 'capture', 'cancel', 'approve', 'reject', 'refund']

/** Runs calls that must leave no trace. */
async function withoutTrace(calls: () => Promise<void>): Promise<void> {
	const before = await countRows(house)
	await calls()
	expect(await countRows(house)).toEqual(before)
}

const ODD_IDS: readonly [what: string, id: string][] = [
	['one nobody has', newId('pay')],
	['one of another kind', newId('re')],
	['a word', 'latest'],
	['one with NUL', 'pay_%00'],
	['one with an encoded slash', 'pay_%2F..%2F..%2Fevents'],
	['one of SQL', "pay_' or 1=1 --"],
	['one of 7,000 characters', `pay_${Array.from({ length: 200 }, () => newId('x')).join('')}`],
]

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	test.each([
		['no key', '', 401, 'api_key_missing'],
		['another scheme', 'Digest sk_test_1', 401, 'api_key_missing'],
		['a scheme without a key', 'Bearer ', 401, 'api_key_missing'],
		['a key nobody has', 'Bearer sk_test_nobody', 401, 'api_key_invalid'],
		['a key of 2,001 characters', `Bearer ${'s'.repeat(2_001)}`, 401, 'api_key_missing'],
		['a key nobody has, as a user name', `Basic ${btoa('sk_test_nobody:')}`, 401, 'api_key_invalid'],
	])('%s opens nothing', async (_what, authorization, status, code) => {
		await withoutTrace(async () => {
			for (const [method, path, body] of [
				['POST', '/api/v1/payments', BODY],
				['GET', `/api/v1/payments/${theirs}`, undefined],
			] as const) {
				const answer = await house.call(method, path, body, { ...door, authorization })
				expectRefusal(answer, status, { code, type: 'authentication_error' })
				expect(answer.headers.get('www-authenticate')).toBe('Bearer')
			}
		})
	})

	test('a revoked key opens nothing', async () => {
		const revoked = await addKey(house, house.demo.merchantId, { revoked: true })
		await withoutTrace(async () => {
			const answer = await house.call('POST', '/api/v1/payments', BODY, { ...door, ...revoked })
			expectRefusal(answer, 401, { code: 'api_key_invalid' })
		})
	})

	test('a publishable key, which everybody can read, takes and shows nothing', async () => {
		const authorization = `Bearer ${house.demo.publishableKey}`
		await withoutTrace(async () => {
			const answer = await house.call('POST', '/api/v1/payments', BODY, { ...door, authorization })
			expectRefusal(answer, 403, { code: 'secret_key_required', type: 'permission_error' })
		})
	})

	test('a secret key may come as the user name of Basic', async () => {
		const authorization = `Basic ${btoa(`${house.demo.secretKey}:`)}`
		const answer = await house.call('POST', '/api/v1/payments', BODY, { ...door, authorization })
		expect(answer.status).toBe(201)
	})

	test.each(ODD_IDS)('a payment id that is %s finds nothing', async (_what, id) => {
		const answer = await house.call('GET', `/api/v1/payments/${id}`, undefined, door)
		expectRefusal(answer, 404, { code: 'payment_not_found', param: 'id' })
	})

	test('a payment of another merchant does not exist', async () => {
		const answer = await house.call('GET', `/api/v1/payments/${theirs}`, undefined, door)
		expectRefusal(answer, 404, { code: 'payment_not_found', param: 'id' })
		const own = await house.call('GET', `/api/v1/payments/${theirs}`, undefined, {
			...door,
			...stranger.headers,
		})
		expect(own).toMatchObject({ status: 200, body: { id: theirs } })
	})

	test.each(['PUT', 'PATCH', 'DELETE'])(
		'%s is not offered where payments are made and read',
		async (method) => {
			await withoutTrace(async () => {
				for (const path of ['/api/v1/payments', `/api/v1/payments/${theirs}`]) {
					const answer = await house.call(method, path, BODY, door)
					expectRefusal(answer, 405, { code: 'method_not_allowed' })
				}
				const posted = await house.call('POST', `/api/v1/payments/${theirs}`, {}, door)
				expectRefusal(posted, 405, { code: 'method_not_allowed' })
			})
		},
	)
})

describe.each(OPERATIONS)('to %s', (operation) => {
	test.each(ODD_IDS)('a payment whose id is %s finds nothing, with a key or without', async (_what, id) => {
		await withoutTrace(async () => {
			for (const headers of [{}, { 'idempotency-key': 'odd-id' }, { prefer: 'wait=1' }]) {
				const answer = await house.call('POST', `/api/v1/payments/${id}/${operation}`, {}, headers)
				expectRefusal(answer, 404, { code: 'payment_not_found', param: 'id' })
			}
		})
	})

	test('a payment of another merchant finds nothing', async () => {
		await withoutTrace(async () => {
			const headers = { 'idempotency-key': 'not-mine' }
			const answer = await house.call('POST', `/api/v1/payments/${theirs}/${operation}`, {}, headers)
			expectRefusal(answer, 404, { code: 'payment_not_found', param: 'id' })
		})
	})

	test('takes POST alone, from a secret key, with known parameters', async () => {
		await withoutTrace(async () => {
			const path = `/api/v1/payments/${theirs}/${operation}`
			expectRefusal(await house.call('GET', path), 405, { code: 'method_not_allowed' })
			expectRefusal(await house.call('DELETE', path), 405, { code: 'method_not_allowed' })
			const nobody = await house.call('POST', path, {}, { authorization: 'Bearer sk_test_nobody' })
			expectRefusal(nobody, 401, { code: 'api_key_invalid' })
			const unknown = await house.call('POST', path, { force: true }, stranger.headers)
			expectRefusal(unknown, 400, { code: 'parameter_unknown', param: 'force' })
			const noJson = await house.call('POST', path, '{', stranger.headers)
			expectRefusal(noJson, 400, { code: 'invalid_json', param: 'body' })
		})
	})
})

test.each([
	'/api/v1/nothing',
	'/api/nothing',
	'/api/v2/payments',
	'/api/v1/payments/a/b/c',
	'/api/v1/payments/a/void',
])('there is nothing at %s', async (path) => {
	await withoutTrace(async () => {
		for (const method of ['GET', 'POST', 'DELETE']) {
			const answer = await house.call(method, path, method === 'GET' ? undefined : {})
			expectRefusal(answer, method === 'DELETE' ? 405 : 404, {
				code: method === 'DELETE' ? 'method_not_allowed' : 'unknown_path',
			})
		}
	})
})

test('lists show the merchant of the key and nobody else', async () => {
	const mine = await house.call('POST', '/api/v1/payments', BODY)
	for (const [path, headers, id] of [
		['/api/v1/payments?limit=100', {}, String(mine.body['id'])],
		['/api/v1/payments?limit=100', stranger.headers, theirs],
		['/api/v1/events?limit=100', stranger.headers, theirs],
	] as const) {
		const list = await house.call('GET', path, undefined, headers)
		expect(list.text).toContain(id)
		expect(list.text).not.toContain(id === theirs ? String(mine.body['id']) : theirs)
	}
	const asked = await house.call('GET', `/api/v1/events?payment=${theirs}`)
	expect(asked).toMatchObject({ status: 200, body: { data: [], has_more: false } })
})
