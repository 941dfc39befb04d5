import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as resetPage, loader as resetLink } from '#app/routes/auth/reset-password.tsx'
import { action as verifyPage, loader as verifyLink } from '#app/routes/auth/verify-email.tsx'
import { loader as overview } from '#app/routes/console/overview.tsx'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { visit } from '#tests/support/pages.ts'
import {
	addPerson,
	askForAccount,
	askForReset,
	cookieOf,
	lastLink,
	newAddress,
	PASSWORD,
	signIn,
} from '#tests/support/people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const NEW_PASSWORD = 'seven quiet umbrellas'
const usersOf = (email: string) =>
	house.owner.selectFrom('users').selectAll().where('email', '=', email).execute()
const verify = (token: string) => visit(house, verifyPage, '/verify-email', { form: { token } })
const reset = (token: string, password = NEW_PASSWORD) =>
	visit(house, resetPage, '/reset-password', { form: { token, password } })
const overviewFor = (cookie: string) => visit(house, overview, '/console', { cookie })

describe('signing up', () => {
	test('makes nothing until the address is proven; then person, business and ownership at once', async () => {
		const email = newAddress()
		const asked = await askForAccount(house, email)
		expect(asked).toMatchObject({ status: 200, data: { ok: true, email } })
		expect(asked.headers.getSetCookie()).toEqual([])
		expect(await usersOf(email)).toEqual([])
		expect((await signIn(house, email)).status).toBe(400)

		expect(await verify(await lastLink(house, email, /confirm/i))).toMatchObject({
			status: 302,
			location: '/login?note=confirmed',
		})
		const [user] = await usersOf(email)
		expect(user).toMatchObject({ name: 'Ada Lace' })
		expect(user?.email_verified_at).toBeInstanceOf(Date)
		const owned = await house.owner
			.selectFrom('memberships as b')
			.innerJoin('merchants as m', 'm.id', 'b.merchant_id')
			.select(['b.role', 'm.name', 'm.statement_descriptor'])
			.where('b.user_id', '=', user?.id ?? '')
			.execute()
		expect(owned).toEqual([{ role: 'owner', name: 'Lace & Co', statement_descriptor: 'LACE AND CO' }])
		expect((await overviewFor(await cookieOf(house, email))).status).toBe(200)
	})

	test('looking at a link uses nothing up: mail programs do', async () => {
		const email = newAddress()
		await askForAccount(house, email)
		const token = await lastLink(house, email, /confirm/i)
		for (let n = 0; n < 3; n++) {
			const { data } = await visit(house, verifyLink, `/verify-email?token=${token}`)
			expect(data).toMatchObject({ link: { email, what: 'signed_up' } })
		}
		expect((await verify(token)).status).toBe(302)
	})

	test('a link works once, and of two who press at once one makes the account', async () => {
		const email = newAddress()
		await askForAccount(house, email)
		const token = await lastLink(house, email, /confirm/i)
		const answers = await Promise.all([verify(token), verify(token), verify(token)])
		expect(answers.map(({ status }) => status).sort()).toEqual([302, 400, 400])
		expect(await usersOf(email)).toHaveLength(1)
	})

	test('of two sign-ups for one address the first that is proven counts', async () => {
		const email = newAddress()
		await askForAccount(house, email, { name: 'First' })
		const first = await lastLink(house, email, /confirm/i)
		await askForAccount(house, email.toUpperCase(), { name: 'Second' })
		const second = await lastLink(house, email.toUpperCase(), /confirm/i)
		expect((await verify(second)).status).toBe(302)
		expect(await verify(first)).toMatchObject({ status: 400, data: { field: 'token' } })
		expect((await usersOf(email.toUpperCase())).map(({ name }) => name)).toEqual(['Second'])
	})

	test('the mail can be sent again', async () => {
		const email = newAddress()
		await askForAccount(house, email)
		await lastLink(house, email, /confirm/i)
		await visit(house, verifyPage, '/verify-email', { form: { intent: 'resend', email } })
		expect(await mailTo(house, email)).toHaveLength(2)
	})

	test.each([
		['no name', { name: ' ' }, 'name'],
		['no business', { merchant_name: '' }, 'merchant_name'],
		['no address', { email: 'ada' }, 'email'],
		['a line break in the address', { email: 'ada@example.com\r\nbcc: all@example.com' }, 'email'],
		['invisible characters in the name', { name: 'Ada\u202e' }, 'name'],
		['a short password', { password: 'kx9-wuv4-tbn2p' }, 'password'],
		['a password everybody tries', { password: 'passwordpassword' }, 'password'],
		['the business as password', { password: 'Lace & Co, Lace & Co' }, 'password'],
		['a field that is not asked for', { role: 'owner' }, null],
	])('with %s is refused, naming the field', async (_what, change, field) => {
		const email = newAddress()
		const answer = await askForAccount(house, email, change as Record<string, string>)
		expect(answer).toMatchObject({ status: 400, data: { ok: false, field } })
		expect(await mailTo(house, email)).toEqual([])
	})

	test('a request of another site is refused', async () => {
		const answer = await askForAccount(
			house,
			newAddress(),
			{},
			{ headers: { 'sec-fetch-site': 'cross-site' } },
		)
		expect(answer.status).toBe(403)
	})
})

describe('a forgotten password', () => {
	test('is replaced by a link that works once and signs out everywhere', async () => {
		const { email } = await addPerson(house)
		const cookies = [await cookieOf(house, email), await cookieOf(house, email)]
		await askForReset(house, email)
		const token = await lastLink(house, email, /new password/i)
		expect((await visit(house, resetLink, `/reset-password?token=${token}`)).data).toEqual({ token })
		expect(await reset(token)).toMatchObject({ status: 302, location: '/login?note=reset' })
		for (const cookie of cookies) expect((await overviewFor(cookie)).status).toBe(302)
		expect((await signIn(house, email)).status).toBe(400)
		expect((await signIn(house, email, NEW_PASSWORD)).status).toBe(302)
		expect(await reset(token, 'another turnip garden')).toMatchObject({
			status: 400,
			data: { field: 'token' },
		})
		expect((await mailTo(house, email)).at(-1)).toMatchObject({ subject: 'Your password was changed' })
	})

	test('two links at once: one changes it, and using it ends the other', async () => {
		const { email } = await addPerson(house)
		await askForReset(house, email)
		const first = await lastLink(house, email, /new password/i)
		await askForReset(house, email)
		const second = await lastLink(house, email, /new password/i)
		expect((await reset(first)).status).toBe(302)
		expect((await reset(second)).status).toBe(400)
	})

	test('a link outlives neither its hour nor the address it was sent to', async () => {
		const { email, userId } = await addPerson(house)
		await askForReset(house, email)
		const late = await lastLink(house, email, /new password/i)
		await house.owner
			.updateTable('mail_tokens')
			.set({ expires_at: new Date(Date.now() - 1_000) })
			.where('subject_id', '=', userId)
			.execute()
		expect((await reset(late)).status).toBe(400)
		await askForReset(house, email)
		const moved = await lastLink(house, email, /new password/i)
		await house.owner.updateTable('users').set({ email: newAddress() }).where('id', '=', userId).execute()
		expect((await reset(moved)).status).toBe(400)
	})

	test('a weak new one leaves the link usable', async () => {
		const { email } = await addPerson(house)
		await askForReset(house, email)
		const token = await lastLink(house, email, /new password/i)
		expect(await reset(token, 'aaaaaaaaaaaaaaaa')).toMatchObject({ status: 400, data: { field: 'password' } })
		expect((await reset(token)).status).toBe(302)
	})

	test('links name our own address, whatever host the request came for', async () => {
		const { email } = await addPerson(house)
		await askForReset(house, email, { headers: { 'x-forwarded-host': 'evil.test', host: 'evil.test' } })
		const text = (await mailTo(house, email)).at(-1)?.text ?? ''
		expect(text).toContain(`${house.baseUrl}/reset-password?token=`)
		expect(text).not.toContain('evil.test')
	})
})

test('a hash of older settings is made anew at the next log-in, and the password goes on working', async () => {
	const { email, userId } = await addPerson(house)
	const weak = '$argon2id$v=19$m=8192,t=1,p=1$'
	const { argon2Sync, randomBytes } = await import('node:crypto')
	const nonce = randomBytes(16)
	const tag = argon2Sync('argon2id', {
		message: PASSWORD,
		nonce,
		memory: 8_192,
		passes: 1,
		parallelism: 1,
		tagLength: 32,
	})
	const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
	const old = `${weak}${bare(nonce)}$${bare(tag)}`
	await house.owner.updateTable('users').set({ password_hash: old }).where('id', '=', userId).execute()
	await cookieOf(house, email)
	const [user] = await usersOf(email)
	expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
	await cookieOf(house, email)
})
