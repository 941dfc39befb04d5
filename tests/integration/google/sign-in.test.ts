import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as beginPage } from '#app/routes/auth/google.ts'
import { loader as logInPage } from '#app/routes/auth/login.tsx'
import { loader as signUpLoader } from '#app/routes/auth/google-signup.tsx'
import { browse } from '#tests/support/browsing.ts'
import { choose, comeBack, nameBusiness, setOut, throughGoogle } from '#tests/support/google.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { visit } from '#tests/support/pages.ts'
import { addPerson, codeOf, logIn, setUpTotp, verify } from '../factors/people.ts'
import { isIn, newAccount, newcomer, traces } from './people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const linkByHand = (userId: string, { sub, email }: { sub: string; email: string }) =>
	house.owner
		.insertInto('linked_identities')
		.values({ provider: 'google', subject: sub, email, user_id: userId })
		.execute()

test('the browser goes to Google with a state, a nonce and a challenge of its own, and is asked each time', async () => {
	const [one, other] = [await setOut(browse(house)), await setOut(browse(house))]
	expect(one.origin + one.pathname).toBe(`${house.sandbox.url}/google/o/oauth2/v2/auth`)
	expect(Object.fromEntries(one.searchParams)).toMatchObject({
		client_id: 'sandbox_google_client',
		redirect_uri: `${house.baseUrl}/login/google/callback`,
		response_type: 'code',
		scope: 'openid email profile',
		code_challenge_method: 'S256',
		prompt: 'select_account',
	})
	for (const name of ['state', 'nonce', 'code_challenge']) {
		expect(one.searchParams.get(name)).toMatch(/^[\w-]{43}$/)
		expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name))
	}
})

test('another site’s page cannot set out with our visitor’s browser', async () => {
	const headers = { 'sec-fetch-site': 'cross-site' }
	const answer = await visit(house, beginPage, '/login/google', { form: {}, headers })
	expect(answer.status).toBe(403)
	expect(answer.headers.getSetCookie()).toEqual([])
})

describe('somebody nobody here knows', () => {
	test('names their business and has an account: no password, no mail to wait for, and on record', async () => {
		const google = newAccount()
		const browser = browse(house)
		expect(await throughGoogle(browser, google)).toMatchObject({ status: 302, location: '/signup/google' })
		expect(await isIn(browser), 'nothing is open before').toBe(false)
		expect((await browser.get(signUpLoader, '/signup/google')).data).toEqual({
			email: google.email,
			name: 'Ada Lace',
		})
		expect(await nameBusiness(browser)).toMatchObject({ status: 302, location: '/console' })
		expect(await isIn(browser)).toBe(true)
		const person = await house.owner
			.selectFrom('users')
			.innerJoin('memberships', 'memberships.user_id', 'users.id')
			.innerJoin('merchants', 'merchants.id', 'memberships.merchant_id')
			.select([
				'users.id',
				'password_hash',
				'email_verified_at',
				'role',
				'merchants.name',
				'merchants.id as merchant',
			])
			.where('email', '=', google.email)
			.executeTakeFirstOrThrow()
		expect(person).toMatchObject({ password_hash: null, role: 'owner', name: 'Lace & Co' })
		expect(person.email_verified_at).not.toBeNull()
		const audit = await house.owner
			.selectFrom('audit_log')
			.select(['action', 'payload'])
			.innerJoin('merchants', 'merchants.id', 'audit_log.merchant_id')
			.where('account_id', '=', person.merchant)
			.orderBy('livemode', 'desc')
			.orderBy('seq')
			.execute()
		expect(audit).toEqual([
			{ action: 'merchant.created', payload: { owner: person.id, by: 'google' } },
			{ action: 'merchant.created', payload: { account: person.merchant } },
			{ action: 'session.opened', payload: { proof: 'google' } },
		])
		expect(await mailTo(house, google.email)).toEqual([])
	})

	test('is asked again for a business without a name, and nothing is made until then', async () => {
		const google = newAccount()
		const browser = browse(house)
		await throughGoogle(browser, google)
		const before = await traces(house)
		expect(await nameBusiness(browser, ' ')).toMatchObject({ status: 400, data: { field: 'merchant_name' } })
		expect(await traces(house)).toEqual(before)
		expect((await nameBusiness(browser)).location).toBe('/console')
	})

	test('makes one account though they press twice at once', async () => {
		const google = newAccount()
		const browser = browse(house)
		await throughGoogle(browser, google)
		await Promise.all([nameBusiness(browser), nameBusiness(browser)])
		const accounts = house.owner.selectFrom('users').select('id').where('email', '=', google.email)
		expect(await accounts.execute()).toHaveLength(1)
	})

	test('cannot take an address that somebody got an account with meanwhile', async () => {
		const google = newAccount()
		const browser = browse(house)
		await throughGoogle(browser, google)
		const { userId } = await addPerson(house)
		await house.owner.updateTable('users').set({ email: google.email }).where('id', '=', userId).execute()
		const before = await traces(house)
		expect(await nameBusiness(browser)).toMatchObject({ status: 409, data: { ok: false } })
		expect(await traces(house)).toEqual(before)
	})

	test('is told so when Google has not confirmed their address, and nothing is written', async () => {
		const browser = browse(house)
		const before = await traces(house)
		const { location } = await throughGoogle(browser, { ...newAccount(), verified: false })
		expect(location).toBe('/login?note=google_unproven')
		expect(await traces(house)).toEqual(before)
		const { data } = await browser.get(logInPage, location ?? '')
		expect(data).toMatchObject({ note: null, problem: expect.stringMatching(/has not confirmed/) as string })
	})
})

describe('somebody whose Google account is linked', () => {
	test('is in, wherever they were going, and the session the browser had is over', async () => {
		const { google, userId } = await newcomer(house)
		const browser = browse(house)
		const other = await addPerson(house)
		await logIn({ ...other, browser })
		const before = browser.cookies.get('sid') ?? ''
		const next = '/console/payments?state=failed'
		expect(await throughGoogle(browser, google, { next })).toMatchObject({ status: 302, location: next })
		expect(await isIn(browser)).toBe(true)
		const used = await house.owner
			.selectFrom('linked_identities')
			.select('last_used_at')
			.where('user_id', '=', userId)
			.executeTakeFirstOrThrow()
		expect(used.last_used_at).not.toBeNull()
		browser.cookies.set('sid', before)
		expect(await isIn(browser)).toBe(false)
	})

	test('is known by their number at Google, whatever address they have there now', async () => {
		const { google, userId } = await newcomer(house)
		const browser = browse(house)
		const moved = { ...newAccount(), sub: google.sub, verified: false }
		expect((await throughGoogle(browser, moved)).location).toBe('/console')
		const sessions = house.owner.selectFrom('sessions').select('user_id').where('user_id', '=', userId)
		expect(await sessions.execute()).toHaveLength(2)
	})

	test('is not who has their address at Google under another number', async () => {
		const { google } = await newcomer(house)
		const browser = browse(house)
		const heir = { email: google.email, sub: newAccount().sub }
		expect((await throughGoogle(browser, heir)).location).toMatch(/^\/login\?note=google_known/)
		expect(await isIn(browser)).toBe(false)
	})

	test('is still asked for their second factor', async () => {
		const ada = await addPerson(house)
		await logIn(ada)
		const { secret } = await setUpTotp(house, ada)
		const google = newAccount()
		await linkByHand(ada.userId, google)
		ada.browser.cookies.clear()
		const { location } = await throughGoogle(ada.browser, google)
		expect(location).toBe('/login/verify?next=%2Fconsole')
		expect(await isIn(ada.browser)).toBe(false)
		expect((await verify(ada, { code: codeOf(secret) })).location).toBe('/console')
		expect(await isIn(ada.browser)).toBe(true)
	})

	test('gets nowhere once they are on no team', async () => {
		const { userId, browser } = await addPerson(house, { merchantId: house.demo.merchantId, role: 'support' })
		const google = newAccount()
		await linkByHand(userId, google)
		await house.owner.deleteFrom('memberships').where('user_id', '=', userId).execute()
		expect((await throughGoogle(browser, google)).location).toBe('/login?note=google_no_team')
		expect(await isIn(browser)).toBe(false)
	})

	test.each(['//evil.test', 'https://evil.test/', '/\\evil.test', '/.//evil.test'])(
		'is not sent on to %s',
		async (next) => {
			const { google } = await newcomer(house)
			expect((await throughGoogle(browse(house), google, { next })).location).toBe('/console')
		},
	)
})

test('two windows that set out from one browser: the later comes back, the earlier is told to start again', async () => {
	const { google } = await newcomer(house)
	const browser = browse(house)
	const [earlier, later] = [await setOut(browser), await setOut(browser)]
	const back = await choose(earlier, google)
	expect((await comeBack(browser, await choose(later, google))).location).toBe('/console')
	expect((await comeBack(browser, back)).location).toBe('/login?note=google_expired')
})
