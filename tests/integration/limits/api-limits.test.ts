import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiLimits, leaseOf, WINDOW_MS, type ApiLimits } from '#app/http/limits/api-limits.server.ts'
import type { House } from '#tests/support/house.ts'
import { addKey, addMerchant } from '../../http/second-merchant.ts'
import { openPair, type Pair } from '../races/two-instances.ts'

let address = ''
let pair: Pair
let houses: readonly [House, House]
beforeAll(async () => {
	pair = await openPair({ worker: false, limits: true, clientIp: () => address })
	houses = pair.houses
})
afterAll(() => pair.close())

let lines = 0
/** Far from the present minute: nobody else counts there. */
let now = 0
beforeEach(() => {
	lines += 1
	address = `203.0.113.${lines}`
	now = Date.UTC(2050, 0, lines)
})

const limitsAt = ({ services }: House, onTrouble: (error: unknown) => void = () => undefined): ApiLimits =>
	createApiLimits({ ...services, now: () => now, onTrouble })

describe('two instances together', () => {
	test.each([20, 100, 500, 2_000])('let through at most one lease more than %i', async (perMinute) => {
		const [first, second] = [limitsAt(houses[0]), limitsAt(houses[1])]
		const quota = { id: `together ${perMinute}`, perMinute }
		const counted = await Promise.all(
			Array.from({ length: perMinute * 2 }, (_, index) => (index % 2 ? first : second).count(quota)),
		)
		const passed = counted.filter(({ isOver }) => !isOver).length
		expect(passed).toBeGreaterThanOrEqual(perMinute)
		expect(passed).toBeLessThanOrEqual(perMinute + leaseOf(perMinute))
		await Promise.all([first.settled(), second.settled()])
		const { points } = await houses[0].owner
			.selectFrom('request_counters')
			.select('points')
			.where('key', '=', `api:${Math.floor(now / WINDOW_MS)}:${quota.id}`)
			.executeTakeFirstOrThrow()
		expect(points).toBe(passed)
	})

	test('what one has let through, the other knows', async () => {
		const [first, second] = houses.map((house) => limitsAt(house))
		const quota = { id: 'known', perMinute: 50 }
		for (let index = 0; index < 50; index += 1) await first?.count(quota)
		await first?.settled()
		expect(await first?.count(quota)).toMatchObject({ isOver: true, remaining: 0 })
		await second?.count(quota)
		await second?.settled()
		expect(await second?.count(quota)).toMatchObject({ isOver: true, remaining: 0 })
	})
})

test('the next minute starts anew, and callers are counted apart', async () => {
	const limits = limitsAt(houses[0])
	const quota = { id: 'anew', perMinute: 5 }
	for (let index = 0; index < 5; index += 1) expect((await limits.count(quota)).isOver).toBe(false)
	expect((await limits.count(quota)).isOver).toBe(true)
	expect((await limits.count({ ...quota, id: 'another' })).isOver).toBe(false)
	now += WINDOW_MS
	expect(await limits.count(quota)).toMatchObject({ isOver: false, remaining: 4 })
	await limits.settled()
})

test('while the counters are out of reach each instance counts by itself, and says so once', async () => {
	const troubles: unknown[] = []
	const away = { selectFrom: () => undefined } as unknown as House['services']['db']
	const limits = createApiLimits({
		...houses[0].services,
		db: away,
		now: () => now,
		onTrouble: (error) => troubles.push(error),
	})
	const quota = { id: 'alone', perMinute: 40 }
	const counted = []
	for (let index = 0; index < 60; index += 1) counted.push(await limits.count(quota))
	await limits.settled()
	expect(counted.filter(({ isOver }) => !isOver)).toHaveLength(40)
	expect(troubles.length).toBeGreaterThan(0)
})

describe('over HTTP', () => {
	test('a key with a limit of its own hears what is left, then 429 and when to come back; nothing is written', async () => {
		const { merchantId, headers } = await addMerchant(houses[0])
		await houses[0].owner
			.updateTable('api_keys')
			.set({ requests_per_minute: 12 })
			.where('merchant_id', '=', merchantId)
			.execute()
		const send = () => houses[0].call('POST', '/api/v1/payments', { amount: 100, currency: 'eur' }, headers)
		const answers = []
		// Two minutes may meet in this test: then the count starts anew once.
		for (let index = 0; index < 26; index += 1) answers.push(await send())
		expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"api";q=12;w=60')
		expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"api";r=11;t=\d+$/)
		const refused = answers.filter(({ status }) => status === 429)
		expect(refused.length).toBeGreaterThan(0)
		expect(refused[0]).toMatchObject({
			body: { error: { code: 'too_many_requests', type: 'rate_limit_error' } },
		})
		expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
		expect(refused[0]?.headers.get('ratelimit')).toMatch(/^"api";r=0;t=\d+$/)
		const { made } = await houses[0].owner
			.selectFrom('payments')
			.select((eb) => eb.fn.countAll<bigint>().as('made'))
			.where('merchant_id', '=', merchantId)
			.executeTakeFirstOrThrow()
		expect(Number(made)).toBe(answers.filter(({ status }) => status === 201).length)
		const other = await addKey(houses[0], merchantId)
		expect((await houses[0].call('GET', '/api/v1/payments', undefined, other)).status).toBe(200)
	})

	test('whoever guesses keys hears 429 before long; who has one is not held up by them', async () => {
		const guess = (index: number) =>
			houses[index % 2 === 0 ? 0 : 1].call('GET', '/api/v1/payments', undefined, {
				authorization: `Bearer sk_test_${index}`,
				'x-forwarded-for': `198.51.100.${index % 250}`,
			})
		const answers = await Promise.all(Array.from({ length: 260 }, (_, index) => guess(index)))
		const statuses = new Set(answers.map(({ status }) => status))
		expect(statuses).toEqual(new Set([401, 429]))
		expect((await houses[0].call('GET', '/api/v1/payments')).status).toBe(200)
	})
})
