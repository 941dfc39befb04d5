import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as verifyPage } from '#app/routes/auth/verify-email.tsx'
import { action as act, loader as look } from '#app/routes/console/profile.tsx'
import { action as switchTo } from '#app/routes/console/switch-merchant.ts'
import { loader as overview } from '#app/routes/console/overview.tsx'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { cookiesOf, visit } from '#tests/support/pages.ts'
import { addPerson, cookieOf, lastLink, newAddress, PASSWORD, signIn } from '#tests/support/people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const profileOf = async (cookie: string) => {
	const { data, status } = await visit(house, look, '/console/profile', { cookie })
	if (status !== 200) throw new Error(`no profile: ${status}`)
	return data as unknown as Awaited<ReturnType<typeof look>>
}
const send = (cookie: string, form: Record<string, string>) =>
	visit(house, act, '/console/profile', { cookie, form })
const isSignedIn = async (cookie: string) =>
	(await visit(house, overview, '/console', { cookie })).status === 200
const auditOf = (merchantId: string) =>
	house.owner
		.selectFrom('audit_log')
		.select(['action', 'actor'])
		.where('merchant_id', '=', merchantId)
		.execute()

test('strangers are sent to the log-in, and change nothing', async () => {
	const looked = await visit(house, look, '/console/profile', {})
	expect(looked.location).toBe('/login?next=%2Fconsole%2Fprofile')
	const sent = await visit(house, act, '/console/profile', { form: { intent: 'name', name: 'Eve' } })
	expect(sent.location).toBe('/login?next=%2Fconsole%2Fprofile')
})

describe('devices', () => {
	test('are listed, this one first, and can be ended one by one or all others at once', async () => {
		const { email } = await addPerson(house)
		const from = { headers: { 'user-agent': FIREFOX }, clientIp: '2001:db8:1:2:3::4' }
		const here = await cookieOf(house, email, PASSWORD, from)
		const [second, third] = [await cookieOf(house, email), await cookieOf(house, email)]
		const { devices } = await profileOf(here)
		expect(devices[0]).toMatchObject({
			words: 'Firefox on Linux',
			network: '2001:db8:1:2::/64',
			isThis: true,
		})
		expect(devices).toHaveLength(3)
		expect(JSON.stringify(devices)).not.toContain(here.slice(-20))

		const other = (await profileOf(second)).devices.find(({ isThis }) => isThis)
		expect((await send(here, { intent: 'end_session', session: other?.id ?? '' })).status).toBe(200)
		expect([await isSignedIn(second), await isSignedIn(third)]).toEqual([false, true])
		await send(here, { intent: 'end_others' })
		expect([await isSignedIn(here), await isSignedIn(third)]).toEqual([true, false])
	})

	test('of somebody else cannot be ended', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		const [hers, mine] = [await cookieOf(house, ada.email), await cookieOf(house, eve.email)]
		const [target] = (await profileOf(hers)).devices
		await send(mine, { intent: 'end_session', session: target?.id ?? '' })
		await send(mine, { intent: 'end_session', session: "' or true --" })
		expect(await isSignedIn(hers)).toBe(true)
	})
})

describe('the password', () => {
	test('changes with the present one, ends the other sessions and is told by mail', async () => {
		const { email, merchantId, userId } = await addPerson(house)
		const [here, there] = [await cookieOf(house, email), await cookieOf(house, email)]
		const wrong = await send(here, {
			intent: 'password',
			current: 'not this one',
			password: 'seven quiet umbrellas',
		})
		expect(wrong).toMatchObject({ status: 400, data: { field: 'current' } })
		const weak = await send(here, { intent: 'password', current: PASSWORD, password: 'password password' })
		expect(weak).toMatchObject({ status: 400, data: { field: 'password' } })
		expect(await isSignedIn(there)).toBe(true)
		const changed = await send(here, {
			intent: 'password',
			current: PASSWORD,
			password: 'seven quiet umbrellas',
		})
		expect(changed.data).toMatchObject({ ok: true })
		expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false])
		expect((await signIn(house, email)).status).toBe(400)
		expect((await mailTo(house, email)).at(-1)).toMatchObject({ subject: 'Your password was changed' })
		expect(await auditOf(merchantId)).toContainEqual({
			action: 'person.password_changed',
			actor: `console:${userId}`,
		})
	})

	test('is not compared without end: five wrong ones, then a wait', async () => {
		const { email } = await addPerson(house)
		const cookie = await cookieOf(house, email)
		const statuses: number[] = []
		for (let n = 0; n < 6; n++) {
			const form = { intent: 'password', current: `wrong ${n}`, password: 'seven quiet umbrellas' }
			statuses.push((await send(cookie, form)).status)
		}
		expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
	})
})

describe('the address', () => {
	test('changes when the new one is proven; the old one is told before and after', async () => {
		const { email } = await addPerson(house)
		const next = newAddress()
		const cookie = await cookieOf(house, email)
		await send(cookie, { intent: 'email', email: next, current: PASSWORD })
		expect((await profileOf(cookie)).newEmail).toBe(next)
		expect((await signIn(house, next)).status).toBe(400)
		const token = await lastLink(house, next, /confirm/i)
		await visit(house, verifyPage, '/verify-email', { form: { token } })
		expect(await profileOf(cookie)).toMatchObject({ email: next, newEmail: null })
		expect((await signIn(house, email)).status).toBe(400)
		expect((await signIn(house, next)).status).toBe(302)
		expect((await mailTo(house, email)).map(({ subject }) => subject)).toEqual([
			'Confirm your e-mail address',
			'Your e-mail address is about to change',
			'Your e-mail address was changed',
		])
	})

	test('stays when the change is taken back, or needs the password that is missing', async () => {
		const { email } = await addPerson(house)
		const next = newAddress()
		const cookie = await cookieOf(house, email)
		const wrong = await send(cookie, { intent: 'email', email: next, current: 'not this one' })
		expect(wrong).toMatchObject({ status: 400, data: { field: 'current' } })
		await send(cookie, { intent: 'email', email: next, current: PASSWORD })
		const token = await lastLink(house, next, /confirm/i)
		await send(cookie, { intent: 'keep_email' })
		expect((await visit(house, verifyPage, '/verify-email', { form: { token } })).status).toBe(400)
		expect((await profileOf(cookie)).email).toBe(email)
	})

	test('of somebody else is not taken, and only that mailbox hears so', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		const cookie = await cookieOf(house, eve.email)
		const asked = await send(cookie, { intent: 'email', email: ada.email.toUpperCase(), current: PASSWORD })
		expect(asked.data).toMatchObject({ ok: true })
		const token = await lastLink(house, ada.email.toUpperCase(), /confirm/i)
		expect((await visit(house, verifyPage, '/verify-email', { form: { token } })).status).toBe(409)
		expect((await profileOf(cookie)).email).toBe(eve.email)
	})
})

test('name and preferences are kept, and the theme is in a cookie', async () => {
	const { email } = await addPerson(house)
	const cookie = await cookieOf(house, email)
	await send(cookie, { intent: 'name', name: 'Ada L.' })
	const saved = await send(cookie, { intent: 'preferences', theme: 'dark', density: 'compact' })
	expect(cookiesOf(saved)).toBe('theme=dark')
	expect(await profileOf(cookie)).toMatchObject({
		name: 'Ada L.',
		preferences: { theme: 'dark', density: 'compact', notificationsEnabled: false },
	})
	const refused = await send(cookie, { intent: 'preferences', theme: 'pink', density: 'compact' })
	expect(refused).toMatchObject({ status: 400, data: { field: 'theme' } })
})

describe('two businesses of one person', () => {
	test('are switched between under a new session id; a stranger’s is not found', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		await house.owner
			.insertInto('memberships')
			.values({ merchant_id: eve.merchantId, user_id: ada.userId, role: 'analyst' })
			.execute()
		const old = await cookieOf(house, ada.email)
		const moved = await visit(house, switchTo, '/console/switch-merchant', {
			cookie: old,
			form: { merchant: eve.merchantId },
		})
		expect(moved.status).toBe(302)
		const cookie = cookiesOf(moved)
		expect([await isSignedIn(old), await isSignedIn(cookie)]).toEqual([false, true])
		expect((await profileOf(cookie)).devices[0]).toMatchObject({ isThis: true })
		const strange = await visit(house, switchTo, '/console/switch-merchant', {
			cookie,
			form: { merchant: house.demo.merchantId },
		})
		expect(strange.status).toBe(404)
		expect(await isSignedIn(cookie)).toBe(true)
	})
})
