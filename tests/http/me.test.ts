import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { addPerson, type Person } from '../integration/factors/people.ts'
import { logInByApi } from './people.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

let ada: Person
let token: { authorization: string }
beforeEach(async () => {
	ada = await addPerson(house, { role: 'support' })
	token = await logInByApi(house, ada)
})

const PATH = '/api/v1/users/me'
const read = (path = PATH, by = token) => house.call('GET', path, undefined, by)
const change = (path: string, body: unknown, by = token) => house.call('PATCH', path, body, by)

test.each([PATH, '/api/users/me', '/api/users/profile'])('%s shows a person themselves', async (path) => {
	const answer = await read(path)
	expect(answer).toMatchObject({
		status: 200,
		body: {
			id: ada.userId,
			object: 'user',
			email: ada.email,
			name: 'Ada',
			preferences: { theme: 'system', density: 'comfortable', notifications_enabled: true },
			merchants: [{ id: ada.merchantId, name: 'Ada & Co' }],
		},
	})
	expect(answer.text).not.toMatch(/argon2|password/)
})

test('all businesses of a person are theirs to see, whichever the token is for', async () => {
	const merchant_id = house.demo.merchantId
	await house.owner
		.insertInto('memberships')
		.values({ merchant_id, user_id: ada.userId, role: 'support' })
		.execute()
	const { merchants } = (await read()).body as { merchants: { id: string }[] }
	expect(merchants.map(({ id }) => id)).toEqual([ada.merchantId, merchant_id])
})

test('a new name is kept, on record, and nobody else’s', async () => {
	const other = await addPerson(house)
	expect(await change(PATH, { name: ' Ada Lace ' })).toMatchObject({
		status: 200,
		body: { name: 'Ada Lace' },
	})
	expect((await read()).body).toMatchObject({ name: 'Ada Lace' })
	const audit = await house.owner
		.selectFrom('audit_log')
		.select('actor')
		.where('action', '=', 'person.renamed')
		.where('subject_id', '=', ada.userId)
		.execute()
	expect(audit).toEqual([{ actor: `api:${ada.userId}` }])
	expect((await read(PATH, await logInByApi(house, other))).body).toMatchObject({ name: 'Ada' })
})

test('preferences change one by one, and what is not named stays', async () => {
	const path = `${PATH}/preferences`
	await change(path, { theme: 'dark' })
	await change(path, {})
	expect(await change(path, { density: 'compact', notifications_enabled: false })).toMatchObject({
		status: 200,
		body: { preferences: { theme: 'dark', density: 'compact', notifications_enabled: false } },
	})
})

test.each([
	[PATH, {}, 'name'],
	[PATH, { name: '  ' }, 'name'],
	[PATH, { name: 'A\u202eda' }, 'name'],
	[PATH, { name: 'Ada', email: 'other@example.com' }, 'email'],
	[PATH, { name: 'Ada', role: 'owner' }, 'role'],
	[`${PATH}/preferences`, { theme: 'pink' }, 'theme'],
	[`${PATH}/preferences`, { density: 1 }, 'density'],
	[`${PATH}/preferences`, { notifications_enabled: 'yes' }, 'notifications_enabled'],
	[`${PATH}/preferences`, { __proto__: null, role: 'owner' }, 'role'],
])('PATCH %s with %j is refused, naming %s', async (path, body, param) => {
	const before = (await read()).body
	expectRefusal(await change(path, body), 400, { code: expect.any(String) as string, param })
	expect((await read()).body).toEqual(before)
})

test('a key has no profile', async () => {
	const key = { authorization: `Bearer ${house.demo.secretKey}` }
	for (const answer of [
		await read(PATH, key),
		await change(PATH, { name: 'Ada' }, key),
		await change(`${PATH}/preferences`, { theme: 'dark' }, key),
	])
		expectRefusal(answer, 403, { code: 'person_required', type: 'permission_error' })
})
