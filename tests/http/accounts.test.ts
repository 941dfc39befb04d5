import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { lastLink, newAddress, PASSWORD, signIn } from '#tests/support/people.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const NOBODY = { authorization: '' }
const post = (path: string, body: unknown) => house.call('POST', path, body, NOBODY)

test('an account is made, proven and given a new password by API alone', async () => {
	const email = newAddress()
	const asked = await post('/api/v1/auth/signup', { email, password: PASSWORD, name: 'Ada Lace' })
	expect(asked).toMatchObject({ status: 202, body: { object: 'sign_up', email } })
	const token = await lastLink(house, email, /confirm/i)
	const verified = await post('/api/v1/auth/verify-email', { token })
	expect(verified).toMatchObject({ status: 200, body: { email, verified: true } })
	const again = await post('/api/v1/auth/verify-email', { token })
	expectRefusal(again, 400, { code: 'link_not_valid', param: 'token' })
	expect((await post('/api/v1/auth/forgot-password', { email })).status).toBe(202)
	const reset = await lastLink(house, email, /new password/i)
	const changed = await post('/api/v1/auth/reset-password', {
		token: reset,
		password: 'seven quiet umbrellas',
	})
	expect(changed.status).toBe(200)
	expect((await signIn(house, email, 'seven quiet umbrellas')).status).toBe(302)
})

test('a link opened by a GET proves an address for a program, and changes nothing for a browser', async () => {
	const email = newAddress()
	await post('/api/v1/auth/signup', { email, password: PASSWORD, name: 'Ada Lace' })
	const token = await lastLink(house, email, /confirm/i)
	const open = (headers: Record<string, string>) =>
		fetch(`${house.baseUrl}/api/v1/auth/verify-email?token=${token}`, { redirect: 'manual', headers })
	const led = await open({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' })
	expect(led.status).toBe(303)
	expect(led.headers.get('location')).toBe(`/verify-email?token=${token}`)
	for (const site of ['cross-site', 'same-site', 'same-origin', 'none'])
		expect((await open({ 'sec-fetch-site': site, 'sec-fetch-dest': 'image' })).status).toBe(403)
	expect((await signIn(house, email)).status).toBe(400)
	expect((await open({})).status).toBe(200)
	expect((await signIn(house, email)).status).toBe(302)
})

test.each(['/api/auth/register', '/users/register', '/api/auth/signup'])(
	'%s is another name for signing up, with a first and a last name',
	async (path) => {
		const email = newAddress()
		const body = {
			email,
			password: PASSWORD,
			first_name: 'Ada',
			last_name: 'Lace',
			phone: '+44 20 7946 0000',
		}
		expect((await post(path, body)).status).toBe(202)
		const kept = await house.owner.selectFrom('sign_ups').select('name').where('email', '=', email).execute()
		expect(kept).toEqual([{ name: 'Ada Lace' }])
	},
)

test.each([
	['signup', { email: 'ada', password: PASSWORD, name: 'Ada' }, 'email'],
	['signup', { email: 'ada@example.com', password: 'short', name: 'Ada' }, 'password'],
	['signup', { email: 'ada@example.com', password: PASSWORD }, 'name'],
	['signup', { email: 'ada@example.com', password: PASSWORD, name: 'Ada', role: 'owner' }, 'role'],
	['signup', { email: ['ada@example.com'], password: PASSWORD, name: 'Ada' }, 'email'],
	['resend-verification', {}, 'email'],
	['forgot-password', { email: null }, 'email'],
	['reset-password', { token: "' or 1=1 --", password: PASSWORD }, 'token'],
	['reset-password', { token: 'a'.repeat(43), password: PASSWORD }, 'token'],
])('%s with %j is refused, naming %s', async (path, body, param) => {
	const answer = await post(`/api/v1/auth/${path}`, body)
	expect(answer.status).toBe(400)
	expect(answer.body['error']).toMatchObject({ param })
})
