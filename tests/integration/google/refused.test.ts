import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { loader as logInPage } from '#app/routes/auth/login.tsx'
import { action as beginPage } from '#app/routes/auth/google.ts'
import { browse, type Browsing, type Seen } from '#tests/support/browsing.ts'
import { choose, comeBack, setOut, spoilNext, throughGoogle, type AtGoogle } from '#tests/support/google.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { visit } from '#tests/support/pages.ts'
import { isIn, newAccount, newcomer, traces } from './people.ts'

let house: House
/** Somebody whose Google account opens an account here: what is refused would have let them in. */
let google: AtGoogle
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	google = (await newcomer(house)).google
})
afterAll(() => house.close())

let browser: Browsing
let before: Record<string, number>
beforeEach(async () => {
	browser = browse(house)
	before = await traces(house)
})

/** Told so in plain words, signed in nowhere, and nothing written anywhere. */
async function expectNothing({ location }: Seen, ending: string): Promise<void> {
	expect(location).toBe(`/login?note=${ending}`)
	const { data } = await browser.get(logInPage, location ?? '')
	expect((data as { problem: string | null }).problem).toMatch(/^[A-Z].*\./)
	expect(await isIn(browser)).toBe(false)
	expect(await traces(house)).toEqual(before)
	expect([...browser.cookies.keys()], 'nothing is left to come back with').toEqual([])
}

test.each([
	['of another browser’s nonce', 'nonce'],
	['without a nonce', 'no_nonce'],
	['for another client', 'audience'],
	['for us and somebody else', 'two_audiences'],
	['given to another client', 'authorized_party'],
	['of an issuer that is spelled differently', 'issuer'],
	['that has run out', 'expired'],
	['made long ago', 'stale'],
	['about nobody', 'no_subject'],
	['without an address', 'no_email'],
	['that is not signed', 'alg_none'],
	['signed with the public key as a secret', 'alg_hs256'],
	['signed with a stranger’s key', 'strange_key'],
])('an ID token %s opens nothing', async (_, spoil) => {
	await spoilNext(house, spoil)
	await expectNothing(await throughGoogle(browser, google), 'google_refused')
	expect((await throughGoogle(browser, google)).location, 'a right one would have').toBe('/console')
})

test('an answer without an ID token opens nothing', async () => {
	await spoilNext(house, 'no_token')
	await expectNothing(await throughGoogle(browser, google), 'google_refused')
})

test('Google that does not answer is said to be away, and nothing is tried twice', async () => {
	await spoilNext(house, 'refuse')
	await expectNothing(await throughGoogle(browser, google), 'google_away')
})

test('whoever calls it off at Google is told that nothing was changed', async () => {
	await expectNothing(await throughGoogle(browser, 'cancel'), 'google_cancelled')
})

describe('a way back', () => {
	test('of a state that was changed', async () => {
		const back = await choose(await setOut(browser), google)
		back.searchParams.set('state', 'A'.repeat(43))
		await expectNothing(await comeBack(browser, back), 'google_expired')
	})

	test('without a state', async () => {
		const back = await choose(await setOut(browser), google)
		back.searchParams.delete('state')
		await expectNothing(await comeBack(browser, back), 'google_expired')
	})

	test('into a browser that never set out, as somebody else’s link would have it', async () => {
		const back = await choose(await setOut(browse(house)), google)
		await expectNothing(await comeBack(browser, back), 'google_expired')
	})

	test('that was gone already', async () => {
		const back = await choose(await setOut(browser), google)
		const kept = new Map(browser.cookies)
		expect((await comeBack(browser, back)).location).toBe('/console')
		browser.cookies.clear()
		before = await traces(house)
		await expectNothing(await comeBack(browser, back), 'google_expired')
		// Even with the cookies of that journey put back: Google's code was good for one try.
		for (const [name, value] of kept) browser.cookies.set(name, value)
		await expectNothing(await comeBack(browser, back), 'google_refused')
	})

	test('with a verifier that is not the one its challenge was made of', async () => {
		const back = await choose(await setOut(browser), google)
		const name = [...browser.cookies.keys()].find((one) => one.startsWith('google:')) ?? ''
		const value = browser.cookies.get(name) ?? ''
		browser.cookies.set(name, value.slice(0, -5) + (value.endsWith('AAAAA') ? 'BBBBB' : 'AAAAA'))
		await expectNothing(await comeBack(browser, back), 'google_refused')
	})

	test('with the code of another browser’s sign-in', async () => {
		const theirs = await choose(await setOut(browse(house)), google)
		const back = await choose(await setOut(browser), newAccount())
		back.searchParams.set('code', theirs.searchParams.get('code') ?? '')
		await expectNothing(await comeBack(browser, back), 'google_refused')
	})

	test('with the nonce of another sign-in in the browser', async () => {
		const back = await choose(await setOut(browser), google)
		const journey = JSON.parse(
			Buffer.from(decodeURIComponent(browser.cookies.get('journey') ?? ''), 'base64').toString(),
		) as object
		const other = Buffer.from(JSON.stringify({ ...journey, nonce: 'B'.repeat(43) })).toString('base64')
		browser.cookies.set('journey', encodeURIComponent(other))
		await expectNothing(await comeBack(browser, back), 'google_refused')
	})

	test('in the name of another issuer', async () => {
		const back = await choose(await setOut(browser), google)
		back.searchParams.set('iss', 'https://accounts.google.com.evil.test')
		await expectNothing(await comeBack(browser, back), 'google_refused')
	})

	test.each(['not base64 %', '', 'eyJub25jZSI6MX0'])('with a cookie that reads %j', async (cookie) => {
		const back = await choose(await setOut(browser), google)
		browser.cookies.set('journey', cookie)
		await expectNothing(await comeBack(browser, back), 'google_expired')
	})
})

test('what was refused is in the log by its kind, without codes and tokens', async () => {
	const warn = vi.spyOn(house.services.logger, 'warn')
	await spoilNext(house, 'nonce')
	await throughGoogle(browser, google)
	const lines = warn.mock.calls.filter(([, message]) => message === 'a log-in was refused')
	warn.mockRestore()
	expect(lines.map(([fields]) => fields)).toEqual([
		{ kind: 'google', reason: 'google_refused', network: '127.0.0.1' },
	])
})

test('one network sets out so often, then waits', async () => {
	const clientIp = '2001:db8:99::1'
	const set = async () => (await visit(house, beginPage, '/login/google', { form: {}, clientIp })).location
	for (let n = 0; n < 120; n += 1) expect(await set()).toMatch(/^http/)
	expect(await set()).toBe('/login?note=google_too_often')
})

test('where Google is not set up it is not offered, and leads nowhere', async () => {
	const keys = {
		STRIPE_SECRET_KEY: 'sk_test_abcdefgh12345678',
		STRIPE_PUBLISHABLE_KEY: 'pk_test_abcdefgh12345678',
	}
	const settings = { ...keys, STRIPE_API_BASE: house.sandbox.url }
	const without = await openHouse({ worker: false, webhooks: false, beside: house, settings })
	try {
		const visitor = browse(without)
		expect((await visitor.get(logInPage, '/login')).data).toMatchObject({ google: false })
		const { location } = await visitor.post(beginPage, '/login/google', {})
		expect(location).toBe('/login?note=google_away')
		expect((await browser.get(logInPage, '/login')).data).toMatchObject({ google: true })
	} finally {
		await without.close()
	}
})
