import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueTokens } from '#app/commands/tokens/issue-tokens.server.ts'
import { inTransaction } from '#db/client.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant } from './second-merchant.ts'

let address = '203.0.113.7'
let house: House
let beside: House
let userId: string
beforeAll(async () => {
	const options = { worker: false, webhooks: false, clientIp: () => address }
	house = await openHouse(options)
	beside = await openHouse({ ...options, beside: house })
	const manager = await house.owner
		.selectFrom('users')
		.select('id')
		.where('email', '=', house.demo.manager.email)
		.executeTakeFirstOrThrow()
	userId = manager.id
})
afterAll(async () => {
	await beside.close()
	await house.close()
})
beforeEach(async () => {
	address = '203.0.113.7'
	await house.owner.updateTable('memberships').set({ role: 'admin' }).where('user_id', '=', userId).execute()
	person = await logIn()
})

let person: { authorization: string }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
async function logIn({ services, demo: { merchantId } } = house): Promise<{ authorization: string }> {
	const { accessToken } = await inTransaction(services.db, (tx) =>
		issueTokens(tx, services, { userId, merchantId }),
	)
	return bearer(accessToken)
}

const KEY = { kind: 'restricted', name: 'Reports', permissions: ['payments.read'] }
const make = (body: object = KEY, by = person) => house.call('POST', '/api/v1/api-keys', body, by)
const use = (key: string, at = house) => at.call('GET', '/api/v1/payments?limit=1', undefined, bearer(key))
const idIn = ({ body }: Answer) => String(body['id'])
const keyIn = ({ body }: Answer) => String(body['key'])
const PAYMENT = { amount: 1_999, currency: 'eur' }

describe('a key is made by a person', () => {
	test('is shown once, does what was chosen and nothing else, and is audited without its text', async () => {
		const made = await make()
		expect(made).toMatchObject({
			status: 201,
			body: { object: 'api_key', status: 'active', permissions: ['payments.read'], last_used: null },
		})
		const key = keyIn(made)
		expect(key).toMatch(/^th_test_/)
		expect((await use(key)).status).toBe(200)
		expectRefusal(await house.call('POST', '/api/v1/payments', PAYMENT, bearer(key)), 403, {
			code: 'permission_missing',
			type: 'permission_error',
		})
		const list = await house.call('GET', '/api/v1/api-keys', undefined, person)
		expect(list.text).toContain(idIn(made))
		expect(list.text).not.toContain(key)
		const audit = await house.owner
			.selectFrom('audit_log')
			.selectAll()
			.where('subject_id', '=', idIn(made))
			.execute()
		expect(audit).toMatchObject([{ action: 'api_key.created', actor: `api:${userId}` }])
		expect(
			JSON.stringify(audit, (_, value: unknown) => (typeof value === 'bigint' ? '' : value)),
		).not.toContain(key)
		const row = await house.owner
			.selectFrom('api_keys')
			.selectAll()
			.where('id', '=', idIn(made))
			.executeTakeFirstOrThrow()
		expect(JSON.stringify(row)).not.toContain(key.slice(-52, -9))
	})

	test('a secret key takes payments and manages neither keys nor people', async () => {
		const key = keyIn(await make({ kind: 'secret', name: 'Server' }))
		expect((await house.call('POST', '/api/v1/payments', PAYMENT, bearer(key))).status).toBe(201)
		for (const [method, path, body] of [
			['GET', '/api/v1/api-keys', undefined],
			['POST', '/api/v1/api-keys', KEY],
		] as const) {
			expectRefusal(await house.call(method, path, body, bearer(key)), 403, { code: 'permission_missing' })
		}
	})

	test('a publishable key shows and takes nothing', async () => {
		const key = keyIn(await make({ kind: 'publishable', name: 'Shop' }))
		expectRefusal(await use(key), 403, { code: 'secret_key_required' })
	})

	test('nobody gives a key more than they have', async () => {
		await house.owner
			.updateTable('memberships')
			.set({ role: 'developer' })
			.where('user_id', '=', userId)
			.execute()
		expect((await make()).status).toBe(201)
		for (const body of [
			{ kind: 'secret', name: 'Server' },
			{ ...KEY, permissions: ['refunds.create'] },
		]) {
			expectRefusal(await make(body), 403, { code: 'role_not_allowed', param: 'permissions' })
		}
	})

	test('a token whose log-in is older than ten minutes makes and rolls none, but ends one', async () => {
		const made = await make()
		await house.owner
			.updateTable('token_families')
			.set({ authenticated_at: new Date(Date.now() - 601_000) })
			.where('user_id', '=', userId)
			.execute()
		expectRefusal(await make(), 403, { code: 'step_up_required' })
		const path = `/api/v1/api-keys/${idIn(made)}`
		expectRefusal(await house.call('POST', `${path}/roll`, {}, person), 403, { code: 'step_up_required' })
		expectRefusal(await house.call('PATCH', path, { name: 'x' }, person), 403, { code: 'step_up_required' })
		expect((await house.call('DELETE', path, undefined, person)).status).toBe(200)
	})
})

test.each([
	[{ ...KEY, kind: 'master' }, 'kind'],
	[{ ...KEY, name: '  ' }, 'name'],
	[{ ...KEY, name: 'x'.repeat(81) }, 'name'],
	[{ ...KEY, permissions: [] }, 'permissions'],
	[{ ...KEY, permissions: ['keys.manage'] }, 'permissions'],
	[{ ...KEY, permissions: ['__proto__'] }, 'permissions'],
	[{ ...KEY, kind: 'secret' }, 'permissions'],
	[{ ...KEY, networks: ['here'] }, 'networks'],
	[{ ...KEY, networks: ['0.0.0.0/0'] }, 'networks'],
	[{ ...KEY, requests_per_minute: 0 }, 'requests_per_minute'],
	[{ ...KEY, expires: 1 }, 'expires'],
	[{ ...KEY, expires: '2030-01-01' }, 'expires'],
])('%j is refused by its field', async (body, param) => {
	expectRefusal(await make(body), 400, { code: 'parameter_invalid', param })
})

test('a key bound to networks works from there alone', async () => {
	const key = keyIn(await make({ ...KEY, networks: ['203.0.113.0/24', '2001:db8::/32'] }))
	expect((await use(key)).status).toBe(200)
	address = '2001:db8::9'
	expect((await use(key)).status).toBe(200)
	address = '198.51.100.1'
	const refused = await house.call('GET', '/api/v1/payments', undefined, {
		...bearer(key),
		'x-forwarded-for': '203.0.113.7',
	})
	expectRefusal(refused, 403, { code: 'address_not_allowed' })
})

test('a key of the other mode, and one with a typo, open nothing', async () => {
	const key = keyIn(await make())
	expectRefusal(await use(key.replace('th_test_', 'th_live_')), 401, { code: 'api_key_invalid' })
	expectRefusal(await use(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`), 401, {
		code: 'api_key_invalid',
	})
})

test('a change counts from the next request', async () => {
	const made = await make()
	const key = keyIn(made)
	expect((await use(key)).status).toBe(200)
	const path = `/api/v1/api-keys/${idIn(made)}`
	const changed = await house.call('PATCH', path, { permissions: ['settings.read'] }, person)
	expect(changed).toMatchObject({ status: 200, body: { name: 'Reports', permissions: ['settings.read'] } })
	expectRefusal(await use(key), 403, { code: 'permission_missing' })
})

describe('a key is rolled', () => {
	test('both work until the overlap ends', async () => {
		const old = await make()
		const rolled = await house.call(
			'POST',
			`/api/v1/api-keys/${idIn(old)}/roll`,
			{ overlap_hours: 1 },
			person,
		)
		expect(rolled.status).toBe(201)
		expect((await use(keyIn(old))).status).toBe(200)
		expect((await use(keyIn(rolled))).status).toBe(200)
		await house.owner
			.updateTable('api_keys')
			.set({ expires_at: new Date() })
			.where('id', '=', idIn(old))
			.execute()
		house.services.apiKeys.forget(idIn(old))
		expectRefusal(await use(keyIn(old)), 401, { code: 'api_key_invalid' })
		expect((await use(keyIn(rolled))).status).toBe(200)
	})

	test('without overlap the old one ends at once; twice is refused; another overlap as well', async () => {
		const old = await make()
		expect((await use(keyIn(old))).status).toBe(200)
		const path = `/api/v1/api-keys/${idIn(old)}/roll`
		expectRefusal(await house.call('POST', path, { overlap_hours: 2 }, person), 400, {
			code: 'parameter_invalid',
			param: 'overlap_hours',
		})
		const rolled = await house.call('POST', path, { overlap_hours: 0 }, person)
		expectRefusal(await use(keyIn(old)), 401, { code: 'api_key_invalid' })
		expectRefusal(await house.call('POST', path, {}, person), 409, { code: 'api_key_ended' })
		const next = `/api/v1/api-keys/${idIn(rolled)}/roll`
		expect((await house.call('POST', next, { overlap_hours: 24 }, person)).status).toBe(201)
		expectRefusal(await house.call('POST', next, {}, person), 409, { code: 'api_key_rolled' })
	})

	test('64 at once: one new key', async () => {
		const path = `/api/v1/api-keys/${idIn(await make())}/roll`
		// Tokens name the address of the instance they are for, and here each has its own.
		const callers = [
			{ at: house, by: person },
			{ at: beside, by: await logIn(beside) },
		]
		const answers = await Promise.all(
			Array.from({ length: 32 }, () =>
				callers.map(({ at, by }) => at.call('POST', path, { overlap_hours: 24 }, by)),
			).flat(),
		)
		const made = answers.filter(({ status }) => status === 201)
		expect(made).toHaveLength(1)
	})
})

test('a revoked key opens nothing: here at the next request, elsewhere as soon as its memory is a second old', async () => {
	const made = await make()
	const key = keyIn(made)
	for (const at of [house, beside]) expect((await use(key, at)).status).toBe(200)
	const path = `/api/v1/api-keys/${idIn(made)}`
	const revoked = await house.call('DELETE', path, { reason: 'It was in a log' }, person)
	expect(revoked).toMatchObject({
		status: 200,
		body: { status: 'revoked', revoke_reason: 'It was in a log' },
	})
	expectRefusal(await use(key), 401, { code: 'api_key_invalid' })
	await expect.poll(async () => (await use(key, beside)).status, { timeout: 10_000 }).toBe(401)
	expect((await house.call('DELETE', path, {}, person)).status).toBe(200)
})

test('a key of another merchant does not exist', async () => {
	const stranger = await addMerchant(house)
	const theirs = await house.owner
		.selectFrom('api_keys')
		.select('id')
		.where('merchant_id', '=', stranger.merchantId)
		.executeTakeFirstOrThrow()
	for (const [method, path, body] of [
		['PATCH', '', { name: 'Mine' }],
		['DELETE', '', {}],
		['POST', '/roll', {}],
	] as const) {
		const answer = await house.call(method, `/api/v1/api-keys/${theirs.id}${path}`, body, person)
		expectRefusal(answer, 404, { code: 'api_key_not_found', param: 'id' })
	}
	const list = await house.call('GET', '/api/v1/api-keys', undefined, person)
	expect(list.text).not.toContain(theirs.id)
})

test('when a key was used is known to the minute', async () => {
	const made = await make()
	await use(keyIn(made))
	await expect
		.poll(async () => {
			const list = await house.call('GET', '/api/v1/api-keys', undefined, person)
			const data = list.body['data'] as { id: string; last_used: number | null }[]
			return data.find(({ id }) => id === idIn(made))?.last_used
		})
		.toEqual(expect.any(Number))
})

describe('an access token', () => {
	test('does what its person may do now, and ends with the log-in', async () => {
		const read = () => house.call('GET', '/api/v1/payments?limit=1', undefined, person)
		expect((await read()).status).toBe(200)
		expect((await house.call('POST', '/api/v1/payments', PAYMENT, person)).status).toBe(201)
		await house.owner
			.updateTable('memberships')
			.set({ role: 'analyst' })
			.where('user_id', '=', userId)
			.execute()
		expect((await read()).status).toBe(200)
		expectRefusal(await house.call('POST', '/api/v1/payments', PAYMENT, person), 403, {
			code: 'permission_missing',
		})
		await house.owner
			.updateTable('token_families')
			.set({ revoked_at: new Date(), revoke_reason: 'ended' })
			.where('user_id', '=', userId)
			.execute()
		expectRefusal(await read(), 401, { code: 'access_token_invalid' })
	})

	test('bent, or a refresh token instead, is nobody', async () => {
		const token = person.authorization.slice('Bearer '.length)
		const refresh = await inTransaction(house.services.db, (tx) =>
			issueTokens(tx, house.services, { userId, merchantId: house.demo.merchantId }),
		)
		for (const [text, code] of [
			[`${token}=`, 'access_token_invalid'],
			[token.replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0'), 'access_token_invalid'],
			['..', 'access_token_invalid'],
			[refresh.refreshToken, 'api_key_invalid'],
		] as const) {
			expectRefusal(await use(text), 401, { code, type: 'authentication_error' })
		}
	})
})
