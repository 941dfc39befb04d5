import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as switchTo } from '#app/routes/console/switch-merchant.ts'
import { currentMember } from '#app/http/console-session.server.ts'
import { openStream } from '../feed/stream-reader.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { cookiesOf, visit } from '#tests/support/pages.ts'
import { addPerson, cookieOf, PASSWORD } from '#tests/support/people.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const worldsOf = (accountId: string) =>
	house.owner
		.selectFrom('merchants')
		.select(['id', 'livemode', 'name', 'settlement_currency', 'require_second_factor'])
		.where('account_id', '=', accountId)
		.orderBy('livemode')
		.execute()

const go = (cookie: string, form: Record<string, string>) =>
	visit(house, switchTo, '/console/switch-merchant', { cookie, form })

async function goTo(cookie: string, world: 'test' | 'live'): Promise<string> {
	const moved = await go(cookie, { world })
	expect(moved.status).toBe(302)
	return cookiesOf(moved)
}

const standing = (cookie: string) =>
	currentMember(new Request(house.baseUrl, { headers: { cookie } }), { services: house.composed })

const linesOf = (merchantId: string, action: string) =>
	house.owner
		.selectFrom('audit_log')
		.select(['actor', 'subject_id', 'payload'])
		.where('merchant_id', '=', merchantId)
		.where('action', '=', action)
		.execute()

const logInByApi = async (email: string, more: object = {}) => {
	const body = { email, password: PASSWORD, ...more }
	const answer = await house.call('POST', '/api/v1/auth/login', body, { authorization: '' })
	expect(answer.status, answer.text).toBe(200)
	return { authorization: `Bearer ${String(answer.body['access_token'])}` }
}

describe('who signs up', () => {
	test('has both worlds, alike but for the money, and stands in the one for tests', async () => {
		const { email, merchantId } = await addPerson(house)
		const [forTests, live] = await worldsOf(merchantId)
		expect([forTests?.livemode, live?.livemode]).toEqual([false, true])
		expect(live?.id).toBe(merchantId)
		expect({ ...forTests, id: '', livemode: true }).toEqual({ ...live, id: '' })
		const member = await standing(await cookieOf(house, email))
		expect(member).toMatchObject({ merchantId: forTests?.id, livemode: false, role: 'owner' })
		for (const world of [forTests, live])
			expect(await linesOf(world?.id ?? '', 'merchant.created')).toHaveLength(1)
	})
})

describe('switching', () => {
	test('moves the session under a new id, is on record there, and is where one comes back to', async () => {
		const { email, userId, merchantId } = await addPerson(house)
		const old = await cookieOf(house, email)
		const cookie = await goTo(old, 'live')
		expect(await standing(old)).toBeNull()
		expect(await standing(cookie)).toMatchObject({ merchantId, livemode: true })
		expect(await linesOf(merchantId, 'session.switched')).toEqual([
			{ actor: `console:${userId}`, subject_id: userId, payload: { world: 'live' } },
		])
		expect(await standing(await cookieOf(house, email))).toMatchObject({ livemode: true })
		expect(await standing(await goTo(cookie, 'test'))).toMatchObject({ livemode: false })
	})

	test('makes the other world of a business that is older than the two, once', async () => {
		const { owner, merchantId } = house.demo
		expect(await worldsOf(merchantId)).toHaveLength(1)
		const cookies = [
			await cookieOf(house, owner.email, owner.password),
			await cookieOf(house, house.demo.manager.email, house.demo.manager.password),
		]
		const moved = await Promise.all(cookies.map((cookie) => goTo(cookie, 'live')))
		expect(await worldsOf(merchantId)).toHaveLength(2)
		const stand = await Promise.all(moved.map(standing))
		expect(new Set(stand.map((member) => member?.merchantId)).size).toBe(1)
		expect(stand.map((member) => member?.role)).toEqual(['owner', 'admin'])
	})

	test('is for one’s own businesses only, and to what there is', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		const cookie = await cookieOf(house, ada.email)
		for (const merchant of [eve.merchantId, (await worldsOf(eve.merchantId))[0]?.id ?? '', 'mer_nobody'])
			expect((await go(cookie, { merchant, world: 'live' })).status).toBe(404)
		expect((await go(cookie, { world: 'toString' })).status).toBe(400)
		expect(await standing(cookie)).toMatchObject({ livemode: false })
	})

	test('to another business stays in the same world', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		const membership = { merchant_id: eve.merchantId, user_id: ada.userId, role: 'analyst' }
		await house.owner.insertInto('memberships').values(membership).execute()
		const moved = await go(await cookieOf(house, ada.email), { merchant: eve.merchantId })
		const [theirTest] = await worldsOf(eve.merchantId)
		expect(await standing(cookiesOf(moved))).toMatchObject({ merchantId: theirTest?.id, role: 'analyst' })
	})
})

describe('the team', () => {
	test('is one for both worlds: a role counts in each, and who is removed is out of each', async () => {
		const [ada, eve] = [await addPerson(house), await addPerson(house)]
		const membership = { merchant_id: ada.merchantId, user_id: eve.userId, role: 'analyst' }
		await house.owner.insertInto('memberships').values(membership).execute()
		const first = cookiesOf(await go(await cookieOf(house, eve.email), { merchant: ada.merchantId }))
		const second = cookiesOf(await go(await cookieOf(house, eve.email), { merchant: ada.merchantId }))
		const inLive = await goTo(second, 'live')
		expect([(await standing(first))?.role, (await standing(inLive))?.role]).toEqual(['analyst', 'analyst'])

		for (const livemode of [false, true]) {
			const headers = await logInByApi(ada.email, { livemode })
			const team = await house.call('GET', '/api/v1/team/members', undefined, headers)
			expect(team.text).toContain(eve.userId)
		}
		const asOwner = await logInByApi(ada.email, { livemode: false })
		await house.owner
			.updateTable('merchants')
			.set({ require_second_factor: false })
			.where('account_id', '=', ada.merchantId)
			.execute()
		const removed = await house.call('DELETE', `/api/v1/team/members/${eve.userId}`, {}, asOwner)
		expect(removed.status, removed.text).toBe(200)
		expect([await standing(first), await standing(inLive)]).toEqual([null, null])
		expect(await linesOf(ada.merchantId, 'member.removed')).toHaveLength(1)
	})
})

describe('a log-in by API', () => {
	test('is into the world it asks for, and its token is worth nothing in the other', async () => {
		const { email } = await addPerson(house)
		const forTests = await logInByApi(email, { livemode: false })
		const body = { amount: 1_000, currency: 'eur' }
		const draft = await house.call('POST', '/api/v1/payments', body, forTests)
		expect(draft, draft.text).toMatchObject({ status: 201, body: { livemode: false } })
		const path = `/api/v1/payments/${String(draft.body['id'])}`
		expect((await house.call('GET', path, undefined, forTests)).status).toBe(200)
		for (const more of [{ livemode: true }, {}])
			expect((await house.call('GET', path, undefined, await logInByApi(email, more))).status).toBe(404)
	})
})

describe('a page that shows one world', () => {
	const PATIENCE = { timeout: 15_000, interval: 20 }

	test('hears nothing more once its log-in stands in the other, and cannot listen there by mistake', async () => {
		const { email } = await addPerson(house)
		const old = await cookieOf(house, email)
		const shown = (await standing(old))?.merchantId ?? ''
		const path = `/console/stream?merchant=${shown}`
		const reader = await openStream(house, { path, headers: { cookie: old } })
		await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
		const cookie = await goTo(old, 'live')
		await expect.poll(() => reader.hasEnded(), PATIENCE).toBe(true)
		const again = await fetch(house.baseUrl + path, { headers: { cookie } })
		expect(again.status).toBe(409)
		expect(((await again.json()) as { error: { code: string } }).error.code).toBe('stands_elsewhere')
	})
})
