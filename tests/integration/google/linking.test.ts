import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SecurityView } from '#app/contracts/factors.ts'
import { action as stepUpPage } from '#app/routes/console/step-up.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { action as resetPage } from '#app/routes/auth/reset-password.tsx'
import { action as profileAction, loader as profilePage } from '#app/routes/console/profile.tsx'
import { loader as securityPage } from '#app/routes/console/security.tsx'
import { browse, type Browsing } from '#tests/support/browsing.ts'
import { choose, comeBack, nameBusiness, throughGoogle, type AtGoogle } from '#tests/support/google.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { askForReset, lastLink } from '#tests/support/people.ts'
import { addPerson, change, growStale, logIn, type Person } from '../factors/people.ts'
import { isIn, newAccount, newcomer } from './people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const PAGE = '/console/profile/security'

const googleOf = async ({ browser }: { browser: Browsing }) => {
	const { data } = await browser.get(securityPage, PAGE)
	return (data as { view: SecurityView }).view.google
}
const subjectsOf = async ({ email }: { email: string }) =>
	(await mailTo(house, email)).map(({ subject }) => subject)
const linkedTo = async ({ sub }: { sub: string }) =>
	(
		await house.owner
			.selectFrom('linked_identities')
			.select('user_id')
			.where('subject', '=', sub)
			.executeTakeFirst()
	)?.user_id

async function signedIn(): Promise<Person> {
	const person = await addPerson(house)
	await logIn(person)
	return person
}

/** From the page about signing in to Google and back. */
async function bring(person: Person, google: AtGoogle | 'cancel') {
	const begun = await change(person, { intent: 'begin-google' })
	expect(begun).toMatchObject({ status: 302 })
	return comeBack(person.browser, await choose(new URL(begun.location ?? ''), google))
}
const link = (person: Person) => change(person, { intent: 'link-google' })
const unlink = (person: Pick<Person, 'browser'>) => change(person as Person, { intent: 'unlink-google' })

async function linked() {
	const person = await signedIn()
	const google = newAccount()
	await bring(person, google)
	expect(await link(person)).toMatchObject({ status: 200, data: { ok: true } })
	return { person, google }
}

describe('somebody who has an account with the address Google names', () => {
	test('is not let in by it; they sign in as always, press a button, and it opens from then on', async () => {
		const ada = await addPerson(house)
		const google = { ...newAccount(), email: ada.email.toUpperCase() }
		const { location } = await throughGoogle(ada.browser, google)
		expect(location).toBe('/login?note=google_known&next=%2Fconsole%2Fprofile%2Fsecurity')
		expect(await isIn(ada.browser)).toBe(false)
		await logIn(ada)
		expect(await linkedTo(google), 'not before they say so').toBeUndefined()
		expect(await googleOf(ada)).toMatchObject({ linked: null, pending: google.email })
		expect(await link(ada)).toMatchObject({ status: 200, data: { ok: true } })
		expect(await googleOf(ada)).toMatchObject({ linked: { email: google.email }, pending: null })
		const elsewhere = browse(house)
		expect((await throughGoogle(elsewhere, google)).location).toBe('/console')
		expect(await isIn(elsewhere)).toBe(true)
	})

	test('cannot have it linked by whoever else signs in in that browser', async () => {
		const ada = await addPerson(house)
		const google = { ...newAccount(), email: ada.email }
		const eve: Person = { ...(await addPerson(house)), browser: ada.browser }
		await throughGoogle(ada.browser, google)
		await logIn(eve)
		expect(await googleOf(eve)).toMatchObject({ pending: null })
		expect(await link(eve)).toMatchObject({ status: 400, data: { ok: false } })
		expect(await linkedTo(google)).toBeUndefined()
	})

	test('nor can they begin a second account with it', async () => {
		const ada = await addPerson(house)
		const google = { ...newAccount(), email: ada.email }
		await throughGoogle(ada.browser, google)
		expect(await nameBusiness(ada.browser)).toMatchObject({ status: 409 })
		expect(await linkedTo(google)).toBeUndefined()
	})

	test('keeps their account to themselves when Google has not confirmed the address', async () => {
		const ada = await addPerson(house)
		const google = { ...newAccount(), email: ada.email, verified: false }
		expect((await throughGoogle(ada.browser, google)).location).toBe('/login?note=google_unproven')
		await logIn(ada)
		expect(await googleOf(ada)).toMatchObject({ pending: null })
	})
})

describe('linking from the page about signing in', () => {
	test('is told by mail, is on record, and ends the other sessions', async () => {
		const ada = await signedIn()
		const elsewhere: Person = { ...ada, browser: browse(house) }
		await logIn(elsewhere)
		const google = newAccount()
		expect((await bring(ada, google)).location).toBe(PAGE)
		expect(await isIn(elsewhere.browser)).toBe(true)
		await link(ada)
		expect([await isIn(ada.browser), await isIn(elsewhere.browser)]).toEqual([true, false])
		expect(await subjectsOf(ada)).toEqual(['A Google account was linked'])
		const audit = house.owner
			.selectFrom('audit_log')
			.select(['action', 'actor'])
			.where('subject_id', '=', ada.userId)
			.where('action', 'like', 'person.%')
		expect(await audit.execute()).toEqual([
			{ action: 'person.google_linked', actor: `console:${ada.userId}` },
		])
	})

	test.each([['begin-google'], ['link-google'], ['unlink-google']])(
		'%s wants a fresh proof of who it is first',
		async (intent) => {
			const { person } = await linked()
			await growStale(house, person)
			expect(await change(person, { intent })).toMatchObject({
				status: 403,
				data: { stepUp: { password: true } },
			})
			expect((await googleOf(person)).linked).not.toBeNull()
		},
	)

	test('takes no Google account that opens somebody else’s account', async () => {
		const { google } = await linked()
		const eve = await signedIn()
		expect((await bring(eve, google)).location).toBe(`${PAGE}?note=google_taken`)
		expect(await googleOf(eve)).toMatchObject({ linked: null, pending: null })
	})

	test('of one Google account by two people at once succeeds for one', async () => {
		const google = newAccount()
		const [ada, eve] = [await signedIn(), await signedIn()]
		await bring(ada, google)
		await bring(eve, google)
		const statuses = (await Promise.all([link(ada), link(eve)])).map(({ status }) => status)
		expect(statuses.sort()).toEqual([200, 400])
	})

	test('takes one Google account per person', async () => {
		const { person } = await linked()
		const second = newAccount()
		await bring(person, second)
		expect(await link(person)).toMatchObject({ status: 400, data: { ok: false } })
		expect(await linkedTo(second)).toBeUndefined()
	})

	test('takes none whose address Google has not confirmed, and nothing when it is called off', async () => {
		const ada = await signedIn()
		expect((await bring(ada, { ...newAccount(), verified: false })).location).toBe(
			`${PAGE}?note=google_unproven`,
		)
		expect((await bring(ada, 'cancel')).location).toBe(`${PAGE}?note=google_cancelled`)
		expect(await link(ada)).toMatchObject({ status: 400 })
		expect(await googleOf(ada)).toMatchObject({ linked: null, pending: null })
	})

	test('is not for whoever is signed in when the browser comes back, if that is somebody else', async () => {
		const ada = await signedIn()
		const google = newAccount()
		const begun = await change(ada, { intent: 'begin-google' })
		const back = await choose(new URL(begun.location ?? ''), google)
		const eve: Person = { ...(await addPerson(house)), browser: ada.browser }
		await logIn(eve)
		expect((await comeBack(eve.browser, back)).location).toBe(`${PAGE}?note=google_expired`)
		expect(await googleOf(eve)).toMatchObject({ pending: null })
	})

	test('runs out, and is done once', async () => {
		const ada = await signedIn()
		const google = newAccount()
		await bring(ada, google)
		await house.owner
			.updateTable('pending_identities')
			.set({ expires_at: new Date(Date.now() - 1_000) })
			.where('subject', '=', google.sub)
			.execute()
		expect(await link(ada)).toMatchObject({ status: 400, data: { ok: false } })
		expect(await linkedTo(google)).toBeUndefined()
	})
})

describe('unlinking', () => {
	test('shuts the door at once, says so by mail and keeps this session alone', async () => {
		const { person, google } = await linked()
		expect(await unlink(person)).toMatchObject({ status: 200, data: { ok: true } })
		expect(await googleOf(person)).toMatchObject({ linked: null })
		expect(await subjectsOf(person)).toContain('Your Google account was unlinked')
		const audit = house.owner
			.selectFrom('audit_log')
			.select('actor')
			.where('subject_id', '=', person.userId)
			.where('action', '=', 'person.google_unlinked')
		expect(await audit.execute()).toEqual([{ actor: `console:${person.userId}` }])
		const stranger = browse(house)
		expect((await throughGoogle(stranger, google)).location).toBe('/signup/google')
		expect(await isIn(stranger)).toBe(false)
	})

	test('never takes the last way in', async () => {
		const { browser, userId, google } = await newcomer(house)
		expect(await unlink({ browser })).toMatchObject({
			status: 400,
			data: { ok: false, message: expect.stringMatching(/could not sign in any more/) as string },
		})
		expect(await linkedTo(google)).toBe(userId)
		const password_hash = await house.services.hashPassword('seven quiet umbrellas')
		await house.owner.updateTable('users').set({ password_hash }).where('id', '=', userId).execute()
		expect(await unlink({ browser })).toMatchObject({ status: 200 })
	})
})

describe('whoever has neither a password nor a second factor', () => {
	const askStepUp = (browser: Browsing) =>
		browser.post(stepUpPage, '/console/step-up', { password: 'anything at all' })

	test('shows at Google once more who they are, under a new session id', async () => {
		const { browser, userId, google } = await newcomer(house)
		const person = { browser, userId } as Person
		await growStale(house, person)
		expect(await unlink({ browser })).toMatchObject({
			status: 403,
			data: { stepUp: { google: true, password: false, code: false, passkey: false } },
		})
		const before = browser.cookies.get('sid')
		const next = '/console/settings/team'
		expect((await throughGoogle(browser, google, { intent: 'step_up', next })).location).toBe(next)
		expect(browser.cookies.get('sid')).not.toBe(before)
		expect((await unlink({ browser })).status, 'fresh, and refused for another reason').toBe(400)
	})

	test('not as somebody else', async () => {
		const { browser, userId } = await newcomer(house)
		await growStale(house, { browser, userId } as Person)
		const other = await newcomer(house)
		const { location } = await throughGoogle(browser, other.google, { intent: 'step_up' })
		expect(location).toBe(`${PAGE}?note=google_stranger`)
		expect((await unlink({ browser })).status).toBe(403)
		expect((await askStepUp(browser)).status, 'nor by any password').toBe(400)
	})

	test('is not asked for one when they change their account, but told how to choose one', async () => {
		const { browser, email } = await newcomer(house)
		const { data } = await browser.get(profilePage, '/console/profile')
		expect(data).toMatchObject({ hasPassword: false })
		const form = { intent: 'email', email: 'grace.elsewhere@example.com', current: 'anything at all' }
		expect(await browser.post(profileAction, '/console/profile', form)).toMatchObject({
			status: 409,
			data: { ok: false, message: expect.stringMatching(/have no password yet/) as string },
		})
		await askForReset(house, email)
		const token = await lastLink(house, email, /choose a new password/i)
		const chosen = { token, password: 'seven quiet umbrellas' }
		expect((await browser.post(resetPage, '/reset-password', chosen)).location).toBe('/login?note=reset')
		const again = { ...(await addPerson(house)), email, browser }
		expect((await logIn(again, 'seven quiet umbrellas')).location).toBe('/console')
	})

	test('keeps the passkey that is their last way in', async () => {
		const { browser, userId } = await newcomer(house)
		const passkey = newId('psk')
		await house.owner
			.insertInto('passkeys')
			.values({
				...{ id: passkey, user_id: userId, credential_id: passkey, public_key: Buffer.alloc(1) },
				...{ counter: 0n, transports: [], backed_up: false, name: 'Phone' },
			})
			.execute()
		await house.owner.deleteFrom('linked_identities').where('user_id', '=', userId).execute()
		const remove = () => change({ browser } as Person, { intent: 'remove-passkey', passkey })
		expect(await remove()).toMatchObject({
			status: 400,
			data: { message: expect.stringMatching(/could not sign in any more/) as string },
		})
		const left = house.owner.selectFrom('passkeys').select('id').where('user_id', '=', userId)
		expect(await left.execute()).toEqual([{ id: passkey }])
	})

	test('cannot sign in by any password, nor be told apart by trying', async () => {
		const { email } = await newcomer(house)
		const told = async (address: string) =>
			JSON.stringify(
				(await logIn({ ...(await addPerson(house)), email: address }, 'not the password')).data,
			).replace(address, '')
		expect(await told(email)).toBe(await told('nobody.of.all@example.com'))
	})
})
