import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resetFactors } from '#app/commands/factors/reset-factors.server.ts'
import { action as bulkAction } from '#app/routes/console/bulk-refund.ts'
import { loader as consoleLoader } from '#app/routes/console/layout.tsx'
import { action as paymentAction } from '#app/routes/console/payment-detail.tsx'
import { action as offerAction } from '#app/routes/console/passkey-offer.ts'
import { action as securityAction } from '#app/routes/console/security.tsx'
import { action as stepUpAction } from '#app/routes/console/step-up.ts'
import { browse } from '#tests/support/browsing.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { paidPayment } from '../refunds/by-hand.ts'
import {
	addPerson,
	change,
	codeOf,
	cookieOf,
	growStale,
	logIn,
	PASSWORD,
	setUpTotp,
	type Person,
} from './people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	await house.owner
		.insertInto('refund_limits')
		.values({
			merchant_id: house.demo.merchantId,
			currency: 'eur',
			approval_above_minor: 500n,
			updated_by: 'test',
		})
		.execute()
})
afterAll(() => house.close())

const atTheDesk = async (role = 'owner'): Promise<Person> => {
	const person = await addPerson(house, { merchantId: house.demo.merchantId, role })
	await logIn(person)
	return person
}

const refund = ({ browser }: Person, paymentId: string, amount: string) =>
	browser.post(
		paymentAction,
		`/console/payments/${paymentId}`,
		{ intent: 'refund', amount, currency: 'eur', reason: 'other' },
		{ paymentId },
	)

const stepUp = ({ browser }: Person, form: Record<string, string>) =>
	browser.post(stepUpAction, '/console/step-up', form)

const refundsOf = (paymentId: string) =>
	house.owner.selectFrom('refunds').select('id').where('payment_id', '=', paymentId).execute()

describe('a refund above the limit', () => {
	test('wants a fresh proof first, does nothing until then, and is taken when it is sent again', async () => {
		const person = await atTheDesk()
		const payment = await paidPayment(house, { currency: 'eur' })
		await growStale(house, person)
		const asked = await refund(person, payment, '9.00')
		expect(asked).toMatchObject({
			status: 403,
			data: { ok: false, stepUp: { password: true, code: false, passkey: false } },
		})
		expect(await refundsOf(payment)).toEqual([])

		const before = cookieOf(person)
		expect((await stepUp(person, { password: 'wrong password' })).status).toBe(400)
		expect(cookieOf(person)).toBe(before)
		expect(await stepUp(person, { password: PASSWORD })).toMatchObject({ status: 200, data: { ok: true } })
		expect(cookieOf(person), 'the session has a new id').not.toBe(before)
		expect(await refund(person, payment, '9.00')).toMatchObject({ status: 200, data: { ok: true } })
		expect(await refundsOf(payment)).toHaveLength(1)

		person.browser.cookies.set('sid', before)
		expect((await person.browser.get(consoleLoader, '/console')).status).toBe(302)
	})

	test('and in bulk', async () => {
		const person = await atTheDesk()
		const payment = await paidPayment(house, { currency: 'eur' })
		await growStale(house, person)
		const form = { key: crypto.randomUUID(), reason: 'other', payment }
		const asked = await person.browser.post(bulkAction, '/console/refunds/bulk', form)
		expect(asked).toMatchObject({ status: 403, data: { stepUp: { password: true } } })
		expect(await refundsOf(payment)).toEqual([])
	})

	test('below the limit nothing is asked', async () => {
		const person = await atTheDesk()
		const payment = await paidPayment(house, { currency: 'eur' })
		await growStale(house, person)
		expect(await refund(person, payment, '5.00')).toMatchObject({ status: 200 })
		expect(await refund(person, payment, '0.01'), 'parts count together').toMatchObject({ status: 403 })
	})
})

test('whoever has a factor proves it with that, and the password is not taken instead', async () => {
	const person = await atTheDesk()
	const { secret } = await setUpTotp(house, person)
	await growStale(house, person)
	expect(await change(person, { intent: 'remove-totp' })).toMatchObject({
		status: 403,
		data: { stepUp: { code: true, password: false } },
	})
	expect((await stepUp(person, { password: PASSWORD })).status).toBe(400)
	expect((await stepUp(person, { code: codeOf(secret) })).status).toBe(200)
	expect(await change(person, { intent: 'remove-totp' })).toMatchObject({ status: 200 })
})

describe('a team that asks for a second factor', () => {
	const require = (merchantId: string) =>
		house.owner
			.updateTable('merchants')
			.set({ require_second_factor: true })
			.where('id', '=', merchantId)
			.execute()

	test('who moves money sets one up before it works; reading works without', async () => {
		const person = await addPerson(house)
		await require(person.merchantId)
		await logIn(person)
		expect((await person.browser.get(consoleLoader, '/console')).status).toBe(200)
		const refused = await refund(person, 'pay_01h455vb4pex5vsknk084sn02q', '1.00')
		expect(refused).toMatchObject({ status: 403, data: { error: { code: 'second_factor_required' } } })
		await setUpTotp(house, person)
		const allowed = await refund(person, 'pay_01h455vb4pex5vsknk084sn02q', '1.00')
		expect(allowed).toMatchObject({ status: 409, data: { ok: false } })
	})

	test('asks nothing of a role that moves none', async () => {
		const { merchantId } = await addPerson(house)
		await require(merchantId)
		const person = await addPerson(house, { merchantId, role: 'analyst' })
		await logIn(person)
		const refused = await refund(person, 'pay_01h455vb4pex5vsknk084sn02q', '1.00')
		expect(refused).toMatchObject({ status: 403, data: { error: { code: 'role_not_allowed' } } })
	})

	test('asks it of whoever signs up', async () => {
		await house.owner
			.insertInto('merchants')
			.values({ id: 'mer_new', name: 'New', statement_descriptor: 'NEW' })
			.execute()
		const row = await house.owner
			.selectFrom('merchants')
			.select('require_second_factor')
			.where('id', '=', 'mer_new')
			.executeTakeFirstOrThrow()
		expect(row.require_second_factor).toBe(true)
	})
})

describe('an owner resets the factors of somebody who lost theirs', () => {
	const reset = (owner: Person, { userId }: Person, role = 'owner') =>
		resetFactors(house.services, {
			merchantId: owner.merchantId,
			userId,
			by: { userId: owner.userId, role },
		})

	test('their sessions end, the password is enough again, and it is on record', async () => {
		const owner = await addPerson(house)
		const member = await addPerson(house, { merchantId: owner.merchantId, role: 'operator' })
		await logIn(member)
		await setUpTotp(house, member)
		await reset(owner, member)
		expect((await member.browser.get(consoleLoader, '/console')).status).toBe(302)
		expect(await logIn(member)).toMatchObject({ location: '/console' })
		const audit = await house.owner
			.selectFrom('audit_log')
			.select(['actor', 'subject_id'])
			.where('action', '=', 'factors.reset')
			.where('merchant_id', '=', owner.merchantId)
			.execute()
		expect(audit).toEqual([{ actor: `console:${owner.userId}`, subject_id: member.userId }])
	})

	test('not their own, not as an admin, not of strangers, and not of somebody of two teams', async () => {
		const owner = await addPerson(house)
		const member = await addPerson(house, { merchantId: owner.merchantId, role: 'operator' })
		const stranger = await addPerson(house)
		await expect(reset(owner, owner)).rejects.toMatchObject({ code: 'not_yourself' })
		await expect(reset(owner, member, 'admin')).rejects.toMatchObject({ code: 'owners_only' })
		await expect(reset(owner, stranger)).rejects.toMatchObject({ code: 'member_unknown' })
		await house.owner
			.insertInto('memberships')
			.values({ merchant_id: stranger.merchantId, user_id: member.userId, role: 'support' })
			.execute()
		await expect(reset(owner, member)).rejects.toMatchObject({ code: 'member_of_several' })
	})
})

test.each([
	['/console/profile/security', securityAction],
	['/console/profile/passkey-offer', offerAction],
	['/console/step-up', stepUpAction],
])('%s sends strangers to the log-in page', async (path, action) => {
	const answer = await browse(house).post(action, path, { intent: 'options' })
	expect(answer.location).toMatch(/^\/login\?next=/)
})
