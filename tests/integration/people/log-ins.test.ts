import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { action as passkeyPage } from '#app/routes/auth/passkey.ts'
import { action as logOutPage } from '#app/routes/auth/logout.ts'
import { loader as consolePage } from '#app/routes/console/layout.tsx'
import { action as profilePage } from '#app/routes/console/profile.tsx'
import { logInByApi } from '#tests/http/people.ts'
import { browse } from '#tests/support/browsing.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { visit } from '#tests/support/pages.ts'
import {
	addPerson,
	codeOf,
	cookieOf,
	growStale,
	logIn,
	PASSWORD,
	setUpTotp,
	verify,
} from '../factors/people.ts'
import type { Person } from '../factors/people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const opens = async (cookie: string) => {
	const browser = browse(house)
	browser.cookies.set('sid', cookie)
	return (await browser.get(consolePage, '/console')).status === 200
}
const changeEmail = ({ browser }: Person, email: string) =>
	browser.post(profilePage, '/console/profile', { intent: 'email', email, current: PASSWORD })

describe('a log-in ends the session the browser had', () => {
	test('by password, be the next one somebody else', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		const before = cookieOf(ada)
		await logIn({ ...(await addPerson(house)), browser: ada.browser })
		expect(await opens(cookieOf(ada))).toBe(true)
		expect(await opens(before)).toBe(false)
	})

	test('by the second step, and not before it', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		const { secret } = await setUpTotp(house, ada)
		const before = cookieOf(ada)
		await logIn(ada)
		expect(await opens(before)).toBe(true)
		expect((await verify(ada, { code: codeOf(secret) })).status).toBe(302)
		expect(await opens(before)).toBe(false)
	})
})

test('logging out tells the browser to forget what it kept of us', async () => {
	const ada = await addPerson(house)
	await logIn(ada)
	const cookie = `sid=${cookieOf(ada)}`
	const { headers } = await visit(house, logOutPage, '/logout', { cookie, form: {} })
	expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
	expect(await opens(cookieOf(ada))).toBe(false)
})

describe('logging out everywhere', () => {
	test('by one button ends this browser, the others and the tokens', async () => {
		const ada = await addPerson(house)
		const elsewhere: Person = { ...ada, browser: browse(house) }
		await logIn(ada)
		await logIn(elsewhere)
		const token = await logInByApi(house, ada)
		const here = cookieOf(ada)
		const form = { intent: 'end_all' }
		const answer = await visit(house, profilePage, '/console/profile', { cookie: `sid=${here}`, form })
		expect(answer).toMatchObject({ status: 302, location: '/login' })
		expect(answer.headers.get('set-cookie')).toMatch(/^sid=;.*Max-Age=0/)
		expect(answer.headers.get('clear-site-data')).toContain('"storage"')
		expect([await opens(here), await opens(cookieOf(elsewhere))]).toEqual([false, false])
		expect((await house.call('GET', '/api/v1/users/me', undefined, token)).status).toBe(401)
	})

	test('by the API does the same, and says so on record', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		const token = await logInByApi(house, ada)
		const path = '/api/v1/auth/logout-everywhere'
		expect(await house.call('POST', path, {}, token)).toMatchObject({
			status: 200,
			body: { object: 'logout', everywhere: true },
		})
		expect(await opens(cookieOf(ada))).toBe(false)
		expect((await house.call('POST', path, {}, token)).status).toBe(401)
		const audit = await house.owner
			.selectFrom('audit_log')
			.select('actor')
			.where('action', '=', 'session.all_ended')
			.where('subject_id', '=', ada.userId)
			.execute()
		expect(audit).toEqual([{ actor: `api:${ada.userId}` }])
	})
})

test('a passkey is asked about so often from one network, and nothing is written past it', async () => {
	const clientIp = '2001:db8:77::1'
	const form = { intent: 'options' }
	const ask = () => visit(house, passkeyPage, '/login/passkey', { form, clientIp })
	const statuses = new Set<number>()
	for (let n = 0; n < 120; n += 1) statuses.add((await ask()).status)
	expect([...statuses]).toEqual([200])
	const rows = async () =>
		(await house.owner.selectFrom('webauthn_challenges').select('purpose').execute()).length
	const before = await rows()
	const refused = await ask()
	expect(refused).toMatchObject({ status: 429, data: { ok: false } })
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
	expect(await rows()).toBe(before)
	expect(
		(await visit(house, passkeyPage, '/login/passkey', { form, clientIp: '2001:db8:78::1' })).status,
	).toBe(200)
})

test('whoever fails to log in is in the log, and what they typed is not', async () => {
	const ada = await addPerson(house)
	await logIn(ada)
	await setUpTotp(house, ada)
	const warn = vi.spyOn(house.services.logger, 'warn')
	const { userId } = ada
	await logIn(ada, 'not the password')
	await logIn({ ...ada, email: 'nobody.at.all@example.com' }, 'not the password')
	await logIn(ada)
	await verify(ada, { code: '000000' })
	const body = { email: ada.email, password: PASSWORD, code: '000000' }
	await house.call('POST', '/api/v1/auth/login', body, { authorization: '' })
	const lines = warn.mock.calls.filter(([, message]) => message === 'a log-in was refused')
	warn.mockRestore()
	const network = '127.0.0.1'
	expect(lines.map(([fields]) => fields)).toEqual([
		{ kind: 'password', reason: 'credentials_wrong', network, userId },
		{ kind: 'password', reason: 'credentials_wrong', network },
		{ kind: 'second_factor', reason: 'code_wrong', network, userId },
		{ kind: 'second_factor', reason: 'code_wrong', network, userId },
	])
})

describe('a new address', () => {
	test('asks whoever has a second factor for it, besides the password', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		await setUpTotp(house, ada)
		await growStale(house, ada)
		expect(await changeEmail(ada, 'ada.elsewhere@example.com')).toMatchObject({
			status: 403,
			data: { stepUp: { code: true, password: false } },
		})
		const changes = house.owner.selectFrom('email_changes').select('id').where('user_id', '=', ada.userId)
		expect(await changes.execute()).toEqual([])
	})

	test('asks nobody else for more than the password', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		await growStale(house, ada)
		expect(await changeEmail(ada, 'ada.anew@example.com')).toMatchObject({ status: 200, data: { ok: true } })
	})
})

test('a token whose log-in is older than ten minutes changes nothing about the team', async () => {
	const ada = await addPerson(house)
	const token = await logInByApi(house, ada)
	const invite = (email: string) =>
		house.call('POST', '/api/v1/team/invitations', { email, role: 'support' }, token)
	expect((await invite('first@example.com')).status).toBe(201)
	await house.owner
		.updateTable('token_families')
		.set({ authenticated_at: new Date(Date.now() - 601_000) })
		.where('user_id', '=', ada.userId)
		.execute()
	const path = `/api/v1/team/members/${ada.userId}`
	for (const asked of [
		invite('second@example.com'),
		house.call('PATCH', path, { role: 'admin' }, token),
		house.call('DELETE', path, undefined, token),
		house.call('POST', '/api/v1/team/roles', { name: 'Own', permissions: ['payments.read'] }, token),
	]) {
		expect(await asked).toMatchObject({ status: 403, body: { error: { code: 'step_up_required' } } })
	}
	expect((await house.call('GET', '/api/v1/team/members', undefined, token)).status).toBe(200)
})
