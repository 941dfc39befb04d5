import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { expectRefusal } from './refusal.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
/** Newest first, as the lists show them. */
const newestFirst: string[] = []
let foreignId = ''
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	const stranger = await addMerchant(house)
	for (let number = 1; number <= 7; number++) {
		const currency = number % 2 === 0 ? 'usd' : 'eur'
		const created = await house.call('POST', '/api/v1/payments', { amount: number, currency })
		newestFirst.unshift(String(created.body['id']))
		const foreign = await house.call(
			'POST',
			'/api/v1/payments',
			{ amount: 1, currency: 'eur' },
			stranger.headers,
		)
		foreignId = String(foreign.body['id'])
	}
	for (const id of newestFirst.slice(0, 2)) await house.call('POST', `/api/v1/payments/${id}/cancel`, {})
})
afterAll(() => house.close())

type Page = { object: string; url: string; has_more: boolean; data: { id: string; type: string }[] }

async function page(path: string, query: Record<string, string | number> = {}): Promise<Page> {
	const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
	const answer = await house.call('GET', `${path}?${search.toString()}`)
	expect(answer.status, answer.text).toBe(200)
	return answer.body as Page
}
const idsOf = ({ data }: Page): string[] => data.map(({ id }) => id)

describe.each([
	['/api/v1/payments', 7],
	['/api/v1/events', 9],
])('%s', (path, total) => {
	test('shows everything, newest first', async () => {
		const whole = await page(path, { limit: 100 })
		expect(whole).toMatchObject({ object: 'list', url: path, has_more: false })
		expect(whole.data).toHaveLength(total)
		if (path.endsWith('payments')) expect(idsOf(whole)).toEqual(newestFirst)
	})

	test.each([1, 2, 3, 7, 9])('in pages of %i loses and repeats nothing, forwards and back', async (limit) => {
		const whole = idsOf(await page(path, { limit: 100 }))
		const forwards: string[] = []
		let next = await page(path, { limit })
		forwards.push(...idsOf(next))
		while (next.has_more) {
			next = await page(path, { limit, starting_after: forwards.at(-1) ?? '' })
			forwards.push(...idsOf(next))
		}
		expect(forwards).toEqual(whole)

		const backwards = whole.slice(-1)
		let before = await page(path, { limit, ending_before: backwards[0] ?? '' })
		backwards.unshift(...idsOf(before))
		while (before.has_more) {
			before = await page(path, { limit, ending_before: backwards[0] ?? '' })
			backwards.unshift(...idsOf(before))
		}
		expect(backwards).toEqual(whole)
	})

	test('after the oldest and before the newest there is nothing', async () => {
		const whole = idsOf(await page(path, { limit: 100 }))
		const after = await page(path, { starting_after: whole.at(-1) ?? '' })
		expect(after).toMatchObject({ data: [], has_more: false })
		const before = await page(path, { ending_before: whole[0] ?? '' })
		expect(before).toMatchObject({ data: [], has_more: false })
	})

	test.each([
		['limit', '0'],
		['limit', '-1'],
		['limit', '101'],
		['limit', '1.5'],
		['limit', 'ten'],
		['limit', ''],
		['limit', 'Infinity'],
		['limit', '1e999'],
		['starting_after', 'x'.repeat(65)],
		['starting_after', '\u0000'],
		['starting_after', 'nonsense'],
		['starting_after', ''],
		['ending_before', '\u0000'],
		['ending_before', 'nonsense'],
	])('refuses %s=%j by name', async (name, value) => {
		const answer = await house.call('GET', `${path}?${new URLSearchParams({ [name]: value }).toString()}`)
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: name })
	})

	test.each(['offset', 'merchant_id', 'constructor', '__proto__', 'Limit'])(
		'does not know %s',
		async (name) => {
			const answer = await house.call('GET', `${path}?${name}=1`)
			expectRefusal(answer, 400, { code: 'parameter_unknown', param: name })
		},
	)
})

describe('payments', () => {
	test('can be narrowed by status and currency, in either case of letters', async () => {
		const canceled = await page('/api/v1/payments', { status: 'canceled' })
		expect(idsOf(canceled)).toEqual(newestFirst.slice(0, 2))
		const dollars = await page('/api/v1/payments', { currency: 'USD' })
		expect(idsOf(dollars)).toEqual([1, 3, 5].map((index) => newestFirst[index]))
		const both = await page('/api/v1/payments', { status: 'canceled', currency: 'usd' })
		expect(idsOf(both)).toEqual([newestFirst[1]])
	})

	test('keep their filter from page to page', async () => {
		const first = await page('/api/v1/payments', { currency: 'eur', limit: 2 })
		expect(first.has_more).toBe(true)
		const second = await page('/api/v1/payments', {
			currency: 'eur',
			limit: 2,
			starting_after: idsOf(first).at(-1) ?? '',
		})
		expect([...idsOf(first), ...idsOf(second)]).toEqual([0, 2, 4, 6].map((index) => newestFirst[index]))
		expect(second.has_more).toBe(false)
	})

	test.each([
		['status', 'paid'],
		['status', ''],
		['currency', 'XXX'],
		['currency', ''],
	])('refuse %s=%j by name', async (name, value) => {
		const answer = await house.call('GET', `/api/v1/payments?${name}=${value}`)
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: name })
	})
})

describe('events', () => {
	test('of one payment tell its life, newest first, each with the payment as it was then', async () => {
		const [id = ''] = newestFirst
		const { data } = await page('/api/v1/events', { payment: id })
		expect(data).toMatchObject([
			{ object: 'event', type: 'payment.canceled', data: { object: { id, status: 'canceled' } } },
			{
				object: 'event',
				type: 'payment.created',
				data: { object: { id, status: 'requires_payment_method' } },
			},
		])
	})

	test('can be narrowed by type', async () => {
		const { data } = await page('/api/v1/events', { type: 'payment.canceled' })
		expect(data.map(({ type }) => type)).toEqual(['payment.canceled', 'payment.canceled'])
	})

	test('of a payment of another merchant are none', async () => {
		expect(await page('/api/v1/events', { payment: foreignId })).toMatchObject({ data: [], has_more: false })
	})

	test('after an event nobody has are refused: an empty page would look like the end', async () => {
		const answer = await house.call('GET', `/api/v1/events?starting_after=${newId('evt')}`)
		expectRefusal(answer, 400, { code: 'parameter_invalid', param: 'starting_after' })
	})
})
