import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compose } from '#app/compose.server.ts'
import { parseEnv } from '#app/config/env.server.ts'
import { openDoors } from '#tests/support/doors.ts'
import { openHouse, WEBHOOK_SECRET, type House } from '#tests/support/house.ts'
import { BOTH_DOORS } from './both-doors.ts'
import { countRows } from './kept-rows.ts'
import { expectRefusal } from './refusal.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())

const PATH = '/api/v1/webhooks/stripe'
const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const eventOf = (type = 'customer.created', object: object = { id: 'cus_1', object: 'customer' }) => ({
	id: `evt_${randomUUID()}`,
	object: 'event',
	type,
	created: nowSeconds(),
	livemode: false,
	data: { object },
})

const signature = (payload: string, secret = WEBHOOK_SECRET, timestamp = nowSeconds()): string =>
	Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })

const inboxRow = (eventId: string) =>
	house.services.db.selectFrom('webhook_inbox').selectAll().where('event_id', '=', eventId).executeTakeFirst()

describe.each(BOTH_DOORS)('through the %s', (_name, door) => {
	const deliver = (payload: string, header?: string) =>
		house.call('POST', PATH, payload, {
			...door,
			...(header !== undefined && { 'stripe-signature': header }),
		})

	const refused = async (payload: string, header?: string) => {
		const before = await countRows(house)
		const answer = await deliver(payload, header)
		expectRefusal(answer, 400, { code: 'signature_invalid', param: 'Stripe-Signature' })
		expect(await countRows(house)).toEqual(before)
	}

	const payload = JSON.stringify(eventOf())

	test('a message without a signature is refused', () => refused(payload))

	test.each([
		['of a connected account', { account: 'acct_of_somebody_else' }],
		['about live money, at a house of test money', { livemode: true }],
	])('a rightly signed message %s is refused', async (_what, other) => {
		const before = await countRows(house)
		const foreign = JSON.stringify({ ...eventOf(), ...other })
		expectRefusal(await deliver(foreign, signature(foreign)), 400, { code: 'event_not_ours' })
		expect(await countRows(house)).toEqual(before)
	})

	test.each([
		'',
		'nonsense',
		't=',
		`t=${nowSeconds()}`,
		`t=${nowSeconds()},v1=`,
		`t=NaN,v1=${'0'.repeat(64)}`,
	])('the signature %j is refused', (header) => refused(payload, header))

	test('a message signed with another secret is refused', () =>
		refused(payload, signature(payload, 'whsec_somebody_elses_secret')))

	test('a message signed with an empty secret is refused', () => refused(payload, signature(payload, '')))

	test.each([
		['301 s old', -301],
		['an hour old', -3_600],
		// One second more than the limit, and one for the second that may begin before it is read.
		['302 s ahead', 302],
		['an hour ahead', 3_600],
	])('a message that is %s is refused', (_what, seconds) =>
		refused(payload, signature(payload, WEBHOOK_SECRET, nowSeconds() + seconds)),
	)

	test.each([
		['nearly 300 s old', -295],
		['nearly 300 s ahead', 295],
	])('a message that is %s is taken', async (_what, seconds) => {
		const text = JSON.stringify(eventOf())
		const answer = await deliver(text, signature(text, WEBHOOK_SECRET, nowSeconds() + seconds))
		expect(answer).toMatchObject({ status: 200, body: { received: true, duplicate: false } })
	})

	test('a message whose date was moved is refused', () => {
		const old = signature(payload, WEBHOOK_SECRET, nowSeconds() - 1_000)
		return refused(payload, old.replace(/t=\d+/, `t=${nowSeconds()}`))
	})

	test('a tampered message is refused, were it by one space', async () => {
		const header = signature(payload)
		await refused(payload.replace('customer.created', 'customer.deleted'), header)
		await refused(`${payload} `, header)
		await refused(JSON.stringify(JSON.parse(payload), null, 1), header)
	})

	test('an empty body is refused, signed or not', async () => {
		await refused('')
		await refused('', signature(''))
	})

	test.each(['[]', 'null', '7', '"text"', '{}', '{"id":7,"type":"x"}', '{"id":"evt_1"}', '{'])(
		'the body %s is no event, however well it is signed',
		(text) => refused(text, signature(text)),
	)

	test('a body above 1 MB is refused before anybody checks its signature', async () => {
		const text = JSON.stringify(eventOf('customer.created', { note: 'n'.repeat(1024 * 1024) }))
		const before = await countRows(house)
		expectRefusal(await deliver(text, signature(text)), 413, { code: 'body_too_large', param: 'body' })
		expect(await countRows(house)).toEqual(before)
	})

	test('a message of a type we do not know is kept, and nothing follows from it', async () => {
		const event = eventOf('unheard.of', { id: 'x_1', object: 'unheard_of', name: 'Grüße 😀' })
		const text = JSON.stringify(event)
		expect(await deliver(text, signature(text))).toMatchObject({ status: 200, body: { received: true } })
		await expect.poll(async () => (await inboxRow(event.id))?.processed_at).toBeInstanceOf(Date)
		expect(await inboxRow(event.id)).toMatchObject({
			provider: 'stripe',
			type: 'unheard.of',
			signature_ok: true,
			// What it says of anybody is not kept.
			payload: {},
			outcome: 'kept, nothing to do',
		})
	})

	test('a message about a payment of nobody is kept and settles nothing', async () => {
		const event = eventOf('payment_intent.succeeded', {
			id: 'pi_nobody',
			object: 'payment_intent',
			metadata: {},
		})
		const text = JSON.stringify(event)
		const { payments, entries } = await countRows(house)
		expect(await deliver(text, signature(text))).toMatchObject({ status: 200 })
		await expect.poll(async () => (await inboxRow(event.id))?.outcome).toBe('no attempt of ours')
		expect(await countRows(house)).toMatchObject({ payments, entries })
	})

	test('the same message again is answered 200 and kept once, also when eight come at the same moment', async () => {
		const event = eventOf()
		const text = JSON.stringify(event)
		const before = await countRows(house)
		const answers = await Promise.all(Array.from({ length: 8 }, () => deliver(text, signature(text))))
		expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
		expect(answers.filter(({ body }) => body['duplicate'] === false)).toHaveLength(1)
		const again = await deliver(text, signature(text))
		expect(again).toMatchObject({ status: 200, body: { received: true, duplicate: true } })
		const after = await countRows(house)
		expect(after['inbox']).toBe((before['inbox'] ?? 0) + 1)
		expect(after['jobs']).toBe((before['jobs'] ?? 0) + 1)
	})

	test('neither key nor content type is asked for: the signature is everything', async () => {
		const text = JSON.stringify(eventOf())
		const answer = await house.call('POST', PATH, text, {
			...door,
			authorization: '',
			'content-type': 'text/plain',
			'stripe-signature': signature(text),
		})
		expect(answer.status).toBe(200)
	})

	test('only POST is offered', async () => {
		expectRefusal(await house.call('GET', PATH, undefined, door), 405, { code: 'method_not_allowed' })
		expectRefusal(await house.call('PUT', PATH, payload, door), 405, { code: 'method_not_allowed' })
	})
})

describe('with other secrets', () => {
	const OLD = 'whsec_the_old_secret_000000'
	const NEW = 'whsec_the_new_secret_000000'

	/** A second front of the same house. */
	async function withSecrets<T>(secrets: string, work: (baseUrl: string) => Promise<T>): Promise<T> {
		const services = await compose(
			parseEnv({
				NODE_ENV: 'test',
				DATABASE_URL: house.services.env.database.url,
				SANDBOX_URL: house.sandbox.url,
				STRIPE_WEBHOOK_SECRET: secrets,
				WORKER: 'off',
				LOG_LEVEL: 'silent',
			}),
		)
		const doors = await openDoors((clientGone) => ({
			services,
			requestId: `req_${randomUUID()}`,
			nonce: '',
			clientIp: '127.0.0.1',
			clientGone,
		}))
		try {
			return await work(doors.baseUrl)
		} finally {
			await doors.close()
			await services.close()
		}
	}

	const statusOf = async (baseUrl: string, text: string, header: string): Promise<number> => {
		const headers = { 'stripe-signature': header }
		return (await fetch(baseUrl + PATH, { method: 'POST', body: text, headers })).status
	}

	test('while a secret is being changed both are good, and no third one', () =>
		withSecrets(`${OLD}, ${NEW}`, async (baseUrl) => {
			for (const [secret, status] of [
				[OLD, 200],
				[NEW, 200],
				[WEBHOOK_SECRET, 400],
			] as const) {
				const text = JSON.stringify(eventOf())
				expect(await statusOf(baseUrl, text, signature(text, secret))).toBe(status)
			}
		}))

	test('without any the endpoint is off: nothing is believed, not even what is signed with nothing', () =>
		withSecrets('', async (baseUrl) => {
			const before = await countRows(house)
			for (const secret of ['', OLD]) {
				const text = JSON.stringify(eventOf())
				expect(await statusOf(baseUrl, text, signature(text, secret))).toBe(404)
			}
			expect(await countRows(house)).toEqual(before)
		}))
})
