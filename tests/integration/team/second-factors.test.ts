import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as teamAction, loader as teamLoader } from '#app/routes/console/team.tsx'
import { loader as consoleLoader } from '#app/routes/console/layout.tsx'
import type { TeamView } from '#app/contracts/team.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { mailTo } from '#tests/support/mail.ts'
import { addPerson, change, codeOf, logIn, setUpTotp, verify, type Person } from '../factors/people.ts'
import { auditOf } from './by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const PAGE = '/console/settings/team'
const send = ({ browser }: Person, form: Record<string, string>) => browser.post(teamAction, PAGE, form)
const teamOf = async ({ browser }: Person) => (await browser.get(teamLoader, PAGE)).data as TeamView
const reset = (by: Person, { userId: id }: Person) => send(by, { intent: 'reset_factors', id })
const hasTotp = async ({ userId }: Person) =>
	(await house.owner.selectFrom('totp_factors').select('id').where('user_id', '=', userId).execute()).length >
	0
const subjectsOf = async ({ email }: Person) => (await mailTo(house, email)).map(({ subject }) => subject)

async function team(role = 'operator') {
	const owner = await addPerson(house)
	const member = await addPerson(house, { merchantId: owner.merchantId, role })
	await logIn(owner)
	await logIn(member)
	return { owner, member }
}

describe('the owner resets a second step from the team page', () => {
	test('seeing who has one, which only whoever runs the team does', async () => {
		const { owner, member } = await team()
		await setUpTotp(house, member)
		const seen = await teamOf(owner)
		const rows = seen.members.map(({ id, hasFactor, mayReset }) => ({ id, hasFactor, mayReset }))
		expect(rows).toEqual([
			{ id: owner.userId, hasFactor: false, mayReset: false },
			{ id: member.userId, hasFactor: true, mayReset: true },
		])
		await logIn(member)
		expect(seen.requiresFactor).toBe(false)
		const asMember = await addPerson(house, { merchantId: owner.merchantId, role: 'analyst' })
		await logIn(asMember)
		const less = await teamOf(asMember)
		expect(new Set(less.members.map(({ hasFactor }) => hasFactor))).toEqual(new Set([null]))
		expect(less).toMatchObject({ requiresFactor: null })
	})

	test('and they are signed out, told by mail, and sign in by password', async () => {
		const { owner, member } = await team()
		await setUpTotp(house, member)
		expect(await reset(owner, member)).toMatchObject({ status: 200, data: { ok: true } })
		expect((await member.browser.get(consoleLoader, '/console')).status).toBe(302)
		expect(await subjectsOf(member)).toContain('Your second step was reset')
		expect(await logIn(member)).toMatchObject({ location: '/console' })
	})

	test('but an admin cannot, nor can anybody for somebody who is on another team as well', async () => {
		const { owner, member } = await team('admin')
		const victim = await addPerson(house, { merchantId: owner.merchantId, role: 'operator' })
		await logIn(victim)
		await setUpTotp(house, victim)
		expect(await reset(member, victim)).toMatchObject({ status: 403, data: { ok: false } })
		const elsewhere = await addPerson(house)
		await house.owner
			.insertInto('memberships')
			.values({ merchant_id: elsewhere.merchantId, user_id: victim.userId, role: 'support' })
			.execute()
		expect(await reset(owner, victim)).toMatchObject({ status: 409, data: { ok: false } })
		expect(await hasTotp(victim)).toBe(true)
	})
})

describe('whether money needs a second step', () => {
	const require = (by: Person, required: string) => send(by, { intent: 'require_factor', required })

	test('is the owner’s to say, counts at once and is on record', async () => {
		const { owner, member } = await team()
		expect(await require(owner, 'yes')).toMatchObject({ status: 200, data: { ok: true } })
		expect((await teamOf(owner)).requiresFactor).toBe(true)
		const { data } = await member.browser.get(consoleLoader, '/console')
		expect(JSON.stringify(data)).not.toContain('"refunds.create"')
		await require(owner, 'yes')
		expect(
			(await auditOf(house, owner.merchantId)).map(({ action, before, after }) => ({
				action,
				before,
				after,
			})),
		).toEqual([
			{ action: 'second_factor_rule.changed', before: { required: false }, after: { required: true } },
		])
		expect(await require(owner, 'no')).toMatchObject({ status: 200 })
	})

	test('is not for an admin to say, nor anything but yes and no', async () => {
		const { owner, member } = await team('admin')
		expect(await require(member, 'yes')).toMatchObject({ status: 403, data: { ok: false } })
		expect(await require(owner, 'maybe')).toMatchObject({ status: 400, data: { ok: false } })
		expect((await teamOf(owner)).requiresFactor).toBe(false)
	})
})

test('every change of how somebody signs in is mailed to them, without a code in it', async () => {
	const ada = await addPerson(house)
	await logIn(ada)
	const { codes, secret } = await setUpTotp(house, ada)
	await change(ada, { intent: 'renew-codes' })
	await logIn(ada)
	await verify(ada, { code: codeOf(secret) })
	await change(ada, { intent: 'remove-totp' })
	expect((await subjectsOf(ada)).sort()).toEqual([
		'An authenticator app was set up',
		'Your authenticator app was removed',
		'Your backup codes were replaced',
	])
	const said = (await mailTo(house, ada.email)).map(({ text }) => text).join()
	for (const secretText of [secret, ...codes]) expect(said).not.toContain(secretText)
})

test('and so is the use of a backup code', async () => {
	const ada = await addPerson(house)
	await logIn(ada)
	const { codes } = await setUpTotp(house, ada)
	await logIn(ada)
	expect((await verify(ada, { code: codes[2] ?? '' })).status).toBe(302)
	expect(await subjectsOf(ada)).toContain('A backup code was used')
})
