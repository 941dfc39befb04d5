import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
	API_OPERATIONS,
	type ApiOperation,
	type GuardedOperation,
	type PersonOperation,
	type PublicOperation,
} from '#app/domain/access/operations.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { apiSamples, makeOurs, publicSamples, type Ours } from './matrix/api-samples.ts'
import { CALLERS, type Fate } from './matrix/callers.ts'
import { apiPaths } from './matrix/route-table.ts'
import { addMerchant, type SecondMerchant } from './second-merchant.ts'
import { LIVE_STRIPE, openLiveWorld, type LiveWorld } from './worlds.ts'

let house: House
let stranger: SecondMerchant
let otherWorld: LiveWorld
let ours: Ours
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, ...LIVE_STRIPE })
	stranger = await addMerchant(house)
	otherWorld = await openLiveWorld(house)
	ours = await makeOurs(house)
})
afterAll(() => house.close())

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Asking = GuardedOperation | PersonOperation
const OPERATIONS = Object.keys(API_OPERATIONS) as ApiOperation[]
const isPublic = (name: ApiOperation): name is PublicOperation => API_OPERATIONS[name] === 'public'
const isAsking = (name: ApiOperation): name is Asking => !isPublic(name)

/** The one that ends the caller's own log-in comes last: nobody could ask anything after it. */
const ASKING = OPERATIONS.filter(isAsking).sort(
	(one, other) => Number(one.endsWith('/logout-everywhere')) - Number(other.endsWith('/logout-everywhere')),
)

type Sent = { by: string; authorization: string | null }

/** Status and text; a stream is left as soon as it has begun. */
async function send(name: ApiOperation, { by, authorization }: Sent) {
	const { path, body } = isPublic(name) ? publicSamples[name] : apiSamples(ours)[name]
	const gone = new AbortController()
	const response = await fetch(`${house.baseUrl}/api/v1${path}`, {
		method: name.split(' ')[0] ?? '',
		headers: {
			...(authorization !== null && { authorization }),
			...(body && { 'content-type': 'application/json' }),
			'idempotency-key': `${name} by ${by}`,
		},
		...(body && { body: JSON.stringify(body) }),
		signal: gone.signal,
	})
	const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
	const text = isStream ? '' : await response.text()
	gone.abort()
	return { status: response.status, text }
}

const wordOf = (due: Fate): string => (due === 'answered' ? due : due.codes.join(' or '))

const codeIn = (text: string): unknown =>
	(JSON.parse(text) as { error?: { code?: unknown } } | null)?.error?.code

describe('the permission table of the API', () => {
	test('has every route of remix.config.js, with the methods it answers, and nothing else', async () => {
		const offered: string[] = []
		for (const path of new Set(apiPaths())) {
			for (const method of METHODS) {
				const url = `${house.baseUrl}/api/v1${path.replaceAll(/:\w+/g, 'x')}`
				const response = await fetch(url, { method })
				await response.body?.cancel()
				if (response.status !== 405) offered.push(`${method} ${path}`)
			}
		}
		expect(offered.sort()).toEqual(Object.keys(API_OPERATIONS).sort())
	})
})

const STRANGERS = {
	'another merchant': () => stranger.headers.authorization,
	'the live world of our own business': () => otherWorld.headers.authorization,
}

describe.each(Object.entries(STRANGERS))('another merchant’s key with our ids: %s', (who, authorization) => {
	test.each(OPERATIONS.filter(isAsking))('%s', async (name) => {
		const { stranger: fate } = apiSamples(ours)[name]
		const before = await countRows(house)
		const answer = await send(name, { by: who, authorization: authorization() })
		if (fate === 'finds nothing' || fate === 'is refused') {
			expect(answer.status, answer.text).toBe(fate === 'is refused' ? 403 : 404)
			expect(await countRows(house)).toEqual(before)
			return
		}
		expect(answer.status, answer.text).toBeLessThan(500)
		expect(answer.status).not.toBe(403)
		if (fate === 'sees their own') for (const id of Object.values(ours)) expect(answer.text).not.toContain(id)
	})

	test('and ours are as they were', async () => {
		const payment = await house.call('GET', `/api/v1/payments/${ours.payment}`)
		expect(payment.body).toMatchObject({ status: 'succeeded', amount_refunded: 0 })
		expect((await house.call('GET', `/api/v1/refunds/${ours.refund}`)).body).toMatchObject({
			status: 'pending',
		})
		expect(await house.owner.selectFrom('refunds').select('merchant_id').execute()).toEqual([
			{ merchant_id: house.demo.merchantId },
		])
	})
})

describe.each(Object.entries(CALLERS))('asked by %s', (by, { authorization, fate }) => {
	let header: string | null
	beforeAll(async () => {
		header = await authorization(house)
	})

	test.each(ASKING.map((name) => ({ name, due: fate(name), word: wordOf(fate(name)) })))(
		'$name: $word',
		async ({ name, due }) => {
			const before = await countRows(house)
			const { status, text } = await send(name, { by, authorization: header })
			if (due === 'answered') {
				expect([401, 403, 429], text).not.toContain(status)
				expect(status, text).toBeLessThan(500)
				return
			}
			expect(status, text).toBe(due.status)
			expect(due.codes).toContain(codeIn(text))
			for (const id of Object.values(ours)) expect(text).not.toContain(id)
			expect(await countRows(house)).toEqual(before)
		},
	)

	test.each(OPERATIONS.filter(isPublic))('%s asks nobody, whatever they show', async (name) => {
		const nobody = await send(name, { by: 'nobody', authorization: null })
		expect([401, 403, 429], nobody.text).not.toContain(nobody.status)
		const { status } = await send(name, { by, authorization: header })
		expect(status).toBe(nobody.status)
	})
})
