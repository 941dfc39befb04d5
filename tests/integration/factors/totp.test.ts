import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loader as consoleLoader } from '#app/routes/console/layout.tsx'
import { loader as verifyLoader } from '#app/routes/auth/verify.tsx'
import { openHouse, type House } from '#tests/support/house.ts'
import {
	addPerson,
	change,
	codeOf,
	cookieOf,
	logIn,
	PASSWORD,
	setUpTotp,
	verify,
	type Person,
} from './people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const isIn = async ({ browser }: Person): Promise<boolean> =>
	(await browser.get(consoleLoader, '/console')).status === 200

async function withTotp(): Promise<{ person: Person; secret: string; codes: string[] }> {
	const person = await addPerson(house)
	await logIn(person)
	const set = await setUpTotp(house, person)
	person.browser.cookies.clear()
	return { person, ...set }
}

describe('log-in in two steps', () => {
	test('without a factor the password is enough', async () => {
		const person = await addPerson(house)
		expect(await logIn(person)).toMatchObject({ status: 302, location: '/console' })
		expect(await isIn(person)).toBe(true)
	})

	test('with a factor the password opens nothing; the code does, under an id that did not exist before', async () => {
		const { person, secret } = await withTotp()
		expect((await logIn(person)).location).toBe('/login/verify?next=%2Fconsole')
		const pending = person.browser.cookies.get('pending') ?? ''
		expect(cookieOf(person)).toBe('')
		expect(await isIn(person)).toBe(false)
		person.browser.cookies.set('sid', pending)
		expect(await isIn(person), 'the pending id is no session').toBe(false)

		expect(await verify(person, { code: codeOf(secret) })).toMatchObject({
			status: 302,
			location: '/console',
		})
		expect(cookieOf(person)).not.toBe(pending)
		expect(person.browser.cookies.has('pending')).toBe(false)
		expect(await isIn(person)).toBe(true)
		for (const line of person.browser.setCookies) expect(line).toMatch(/HttpOnly.*SameSite=Lax/i)
	})

	test('a session cookie that was planted before is worth nothing afterwards', async () => {
		const { person, secret } = await withTotp()
		const planted = 'A'.repeat(43)
		person.browser.cookies.set('sid', Buffer.from(JSON.stringify(planted)).toString('base64'))
		const before = cookieOf(person)
		await logIn(person)
		await verify(person, { code: codeOf(secret) })
		expect(cookieOf(person)).not.toBe(before)
		person.browser.cookies.set('sid', before)
		expect(await isIn(person)).toBe(false)
	})

	test('a code works once, and none before it works after it', async () => {
		const { person, secret } = await withTotp()
		await logIn(person)
		const code = codeOf(secret)
		expect((await verify(person, { code })).status).toBe(302)
		for (const again of [code, codeOf(secret, -1)]) {
			await logIn(person)
			expect(await verify(person, { code: again })).toMatchObject({ status: 400 })
		}
		await logIn(person)
		expect((await verify(person, { code: codeOf(secret, 1) })).status).toBe(302)
	})

	test('of two who bring the same code at once, one gets in', async () => {
		const { person, secret } = await withTotp()
		const other: Person = { ...person, browser: (await addPerson(house)).browser }
		await Promise.all([logIn(person), logIn(other)])
		const code = codeOf(secret)
		const both = await Promise.all([verify(person, { code }), verify(other, { code })])
		expect(both.map(({ status }) => status).toSorted()).toEqual([302, 400])
	})

	test('codes two steps away are refused', async () => {
		const { person, secret } = await withTotp()
		await logIn(person)
		for (const steps of [-3, -2, 3, 4])
			expect(await verify(person, { code: codeOf(secret, steps) })).toMatchObject({ status: 400 })
	})

	test('after five wrong codes the password is asked again', async () => {
		const { person, secret } = await withTotp()
		await logIn(person)
		for (let i = 0; i < 4; i++) expect((await verify(person, { code: '000 000x' })).status).toBe(400)
		expect(await verify(person, { code: '000 000x' })).toMatchObject({ status: 302, location: '/login' })
		expect(await verify(person, { code: codeOf(secret) })).toMatchObject({ status: 302, location: '/login' })
		expect(await isIn(person)).toBe(false)
	})

	test('after ten wrong codes even a right one waits, however often the password is given', async () => {
		const { person, secret } = await withTotp()
		for (let i = 0; i < 10; i++) {
			await logIn(person)
			await verify(person, { code: '00' })
		}
		await logIn(person)
		const refused = await verify(person, { code: codeOf(secret) })
		expect(refused).toMatchObject({ status: 429 })
		expect(refused.data).toMatchObject({ message: expect.stringContaining('Try again in') })
		expect(await isIn(person)).toBe(false)
	})

	test('a pending log-in ends after ten minutes', async () => {
		const { person, secret } = await withTotp()
		await logIn(person)
		await house.owner
			.updateTable('pending_log_ins')
			.set({ expires_at: new Date() })
			.where('user_id', '=', person.userId)
			.execute()
		expect((await person.browser.get(verifyLoader, '/login/verify')).location).toBe('/login')
		expect((await verify(person, { code: codeOf(secret) })).location).toBe('/login')
	})

	test('the way on leads to our own pages only', async () => {
		const { person, secret } = await withTotp()
		await logIn(person)
		expect((await verify(person, { code: codeOf(secret), next: '//evil.test/x' })).location).toBe('/console')
	})
})

describe('backup codes', () => {
	test('there are ten, each works once, and typing may be careless', async () => {
		const { person, codes } = await withTotp()
		expect(codes).toHaveLength(10)
		const [first = ''] = codes
		const typed = first.toLowerCase().replaceAll('-', ' ')
		await logIn(person)
		expect((await verify(person, { code: typed })).status).toBe(302)
		await logIn(person)
		expect((await verify(person, { code: first })).status).toBe(400)
		expect((await verify(person, { code: codes[1] ?? '' })).status).toBe(302)
	})

	test('new ones replace the old, and only hashes are kept', async () => {
		const { person, secret, codes } = await withTotp()
		await logIn(person)
		await verify(person, { code: codeOf(secret) })
		const renewed = await change(person, { intent: 'renew-codes' })
		const made = (renewed.data as { codes: string[] }).codes
		expect(made).toHaveLength(10)
		expect(made).not.toContain(codes[0])
		const kept = JSON.stringify(await house.owner.selectFrom('backup_codes').selectAll().execute())
		for (const code of made) expect(kept).not.toContain(code.replaceAll('-', ''))
		await logIn(person)
		expect((await verify(person, { code: codes[0] ?? '' })).status).toBe(400)
	})
})

describe('the secret', () => {
	test('is sealed where it is kept, and in no audit row', async () => {
		const { person, secret } = await withTotp()
		const row = await house.owner
			.selectFrom('totp_factors')
			.selectAll()
			.where('user_id', '=', person.userId)
			.executeTakeFirstOrThrow()
		expect(row.secret).toMatch(/^v1\.dek_/)
		const audit = await house.owner
			.selectFrom('audit_log')
			.select(['action', 'payload'])
			.where('merchant_id', '=', person.merchantId)
			.execute()
		expect(audit.map(({ action }) => action)).toContain('factor.added')
		expect(JSON.stringify([row.secret, audit])).not.toContain(secret)
	})

	test('put into another person’s row opens nothing', async () => {
		const mine = await withTotp()
		const theirs = await withTotp()
		const rowOf = ({ person }: { person: Person }) =>
			house.owner.selectFrom('totp_factors').selectAll().where('user_id', '=', person.userId)
		const { secret } = await rowOf(mine).executeTakeFirstOrThrow()
		await house.owner
			.updateTable('totp_factors')
			.set({ secret })
			.where('user_id', '=', theirs.person.userId)
			.execute()
		await logIn(theirs.person)
		await expect(verify(theirs.person, { code: codeOf(mine.secret) })).rejects.toThrow('does not open')
	})

	test('that was never confirmed asks nobody for a code', async () => {
		const person = await addPerson(house)
		await logIn(person)
		await change(person, { intent: 'begin-totp' })
		expect(await logIn(person)).toMatchObject({ location: '/console' })
	})
})

test('setting a factor up or taking it away ends every other session', async () => {
	const person = await addPerson(house)
	const elsewhere: Person = { ...person, browser: (await addPerson(house)).browser }
	await logIn(person)
	await logIn(elsewhere)
	const { secret } = await setUpTotp(house, person)
	expect(await isIn(elsewhere)).toBe(false)
	expect(await isIn(person)).toBe(true)
	await logIn(elsewhere)
	await verify(elsewhere, { code: codeOf(secret) })
	expect(await change(elsewhere, { intent: 'remove-totp' })).toMatchObject({ status: 200 })
	expect(await isIn(person)).toBe(false)
	expect(await logIn(person, PASSWORD)).toMatchObject({ location: '/console' })
})
