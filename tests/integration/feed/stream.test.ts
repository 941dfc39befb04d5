import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { addMerchant } from '#tests/http/second-merchant.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { takePayment } from '../payments/by-hand.ts'
import { follow, openStream, type StreamReader, type Told } from './stream-reader.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
})
afterAll(() => house.close())

const PATIENCE = { timeout: 15_000, interval: 20 }

/** Ids of all events of the demo's merchant after a place, in the order readers get them. */
async function written(after: string): Promise<string[]> {
	const [xid = '0', seq = '0'] = after.split('-')
	const { rows } = await sql<{ id: string }>`
		select xid || '-' || seq as id from events
		where merchant_id = ${house.demo.merchantId} and (xid, seq) > (${xid}::xid8, ${seq}::bigint)
		order by xid, seq`.execute(house.services.db)
	return rows.map(({ id }) => id)
}

const idsOf = (told: readonly Told[]) => told.map(({ id }) => id)
const endedIn = (reader: StreamReader, status: string) =>
	new Set(
		reader
			.changes()
			.filter(({ data }) => data.status === status)
			.map(({ data }) => data.id),
	).size

describe('a reader that comes and goes', () => {
	test('cut three times while 200 payments run, it misses nothing and hears nothing twice', async () => {
		const greeted = await openStream(house)
		await expect.poll(() => greeted.told[0]?.event, PATIENCE).toBe('ready')
		const start = greeted.lastId()
		await greeted.leave()
		const take50 = (from: number) =>
			Promise.all(Array.from({ length: 50 }, (_, n) => takePayment(house, { amount: 100 + from + n })))
		const running: Promise<unknown>[] = []
		const heard: Told[] = []
		const lastHeard = () => heard.at(-1)?.id ?? start
		// Each round makes 150 events, more than it waits for, however fast they come.
		for (const more of [40, 80, 120]) {
			running.push(take50(more))
			heard.push(...(await follow(house, { lastEventId: lastHeard() }, (told) => told.length > more)))
		}
		running.push(take50(0))
		await Promise.all(running)
		const settled = async () => {
			const { rows } = await sql<{ open: bigint }>`
				select count(*) as open from payments where status not in ('succeeded', 'failed')`.execute(house.services.db)
			return rows[0]?.open
		}
		await expect.poll(settled, PATIENCE).toBe(0n)
		const everything = await written(start)
		const left = everything.length - heard.length
		heard.push(...(await follow(house, { lastEventId: lastHeard() }, (told) => told.length >= left)))
		expect(idsOf(heard)).toEqual(everything)
		expect(new Set(heard.map(({ data }) => data.id)).size).toBe(200)
	}, 60_000)

	test('whoever reads from a cursor gets what came after it and goes on live', async () => {
		const early = await openStream(house)
		await expect.poll(() => early.told[0]?.event, PATIENCE).toBe('ready')
		const cursor = early.lastId()
		const first = await takePayment(house)
		await expect.poll(() => endedIn(early, 'succeeded'), PATIENCE).toBe(1)
		const late = await openStream(house, { cursor })
		await expect.poll(() => idsOf(late.changes()), PATIENCE).toEqual(idsOf(early.changes()))
		expect(late.told[0]).toMatchObject({ event: 'ready', id: cursor })
		const second = await takePayment(house)
		await expect.poll(() => endedIn(late, 'succeeded'), PATIENCE).toBe(2)
		expect(new Set(late.changes().map(({ data }) => data.id))).toEqual(new Set([first, second]))
		await Promise.all([early.leave(), late.leave()])
	})

	test('what the browser saw last counts more than where its page was read', async () => {
		const early = await openStream(house)
		await expect.poll(() => early.told[0]?.event, PATIENCE).toBe('ready')
		const cursor = early.lastId()
		await takePayment(house)
		await expect.poll(() => endedIn(early, 'succeeded'), PATIENCE).toBe(1)
		const late = await openStream(house, { cursor, lastEventId: early.changes()[0]?.id ?? '' })
		await expect.poll(() => idsOf(late.changes()), PATIENCE).toEqual(idsOf(early.changes().slice(1)))
		await Promise.all([early.leave(), late.leave()])
	})

	test('the subscription ends when the client goes', async () => {
		const ends: (() => void)[] = []
		const { feed } = house.services
		const subscribe = feed.subscribe.bind(feed)
		vi.spyOn(feed, 'subscribe').mockImplementation((scope, listener) => {
			const end = vi.fn(subscribe(scope, listener))
			ends.push(end)
			return end
		})
		const reader = await openStream(house)
		await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
		expect(ends).toHaveLength(1)
		expect(ends[0]).not.toHaveBeenCalled()
		await reader.leave()
		await expect.poll(() => vi.mocked(ends[0] as () => void).mock.calls.length, PATIENCE).toBe(1)
	})
})

/** An event as a command would write it, in a transaction of the caller's. */
const event = (merchantId: string, payment: string) => sql`
	insert into events (id, merchant_id, type, payment_id, object)
	values (${newId('evt')}, ${merchantId}, 'payment.updated', ${payment},
		${JSON.stringify({ object: 'payment', id: payment, status: 'processing' })}::json)`

describe('commits', () => {
	test('two that come out of the order of their numbers are both told, each once', async () => {
		const reader = await openStream(house)
		await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
		const { db } = house.services
		const { merchantId } = house.demo
		await db.transaction().execute(async (slow) => {
			await event(merchantId, 'pay_slow').execute(slow)
			await db.transaction().execute((quick) => event(merchantId, 'pay_quick').execute(quick))
			house.services.feed.hint()
			// Somebody else's change is told meanwhile or later, never instead.
			await sql`select pg_sleep(0.1)`.execute(slow)
		})
		house.services.feed.hint()
		await expect.poll(() => reader.changes().length, PATIENCE).toBe(2)
		await takePayment(house)
		await expect.poll(() => endedIn(reader, 'succeeded'), PATIENCE).toBe(1)
		expect(
			reader
				.changes()
				.slice(0, 2)
				.map(({ data }) => data.id),
		).toEqual(['pay_slow', 'pay_quick'])
		expect(new Set(idsOf(reader.changes())).size).toBe(reader.changes().length)
		await reader.leave()
	})

	test('a change that is taken back is never told', async () => {
		const reader = await openStream(house)
		await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
		const undone = house.services.db.transaction().execute(async (tx) => {
			await event(house.demo.merchantId, 'pay_undone').execute(tx)
			throw new Error('taken back')
		})
		await expect(undone).rejects.toThrow('taken back')
		await takePayment(house)
		await expect.poll(() => endedIn(reader, 'succeeded'), PATIENCE).toBe(1)
		expect(reader.changes().some(({ data }) => data.id === 'pay_undone')).toBe(false)
		await reader.leave()
	})
})

test('nobody hears of another merchant, live or replayed', async () => {
	const other = await addMerchant(house)
	const theirs = await openStream(house, { authorization: other.headers.authorization })
	const ours = await openStream(house)
	await expect.poll(() => [theirs.told[0]?.event, ours.told[0]?.event], PATIENCE).toEqual(['ready', 'ready'])
	const start = ours.lastId()
	const payment = await takePayment(house)
	const created = await house.call(
		'POST',
		'/api/v1/payments',
		{ amount: 700, currency: 'usd', payment_method: 'pm_card_visa', confirm: true },
		other.headers,
	)
	await expect.poll(() => endedIn(ours, 'succeeded'), PATIENCE).toBe(1)
	await expect.poll(() => endedIn(theirs, 'succeeded'), PATIENCE).toBe(1)
	const replayed = await openStream(house, { authorization: other.headers.authorization, cursor: start })
	await expect.poll(() => endedIn(replayed, 'succeeded'), PATIENCE).toBe(1)
	const subjects = (reader: StreamReader) => [...new Set(reader.changes().map(({ data }) => data.id))]
	expect(subjects(ours)).toEqual([payment])
	expect(subjects(theirs)).toEqual([created.body['id']])
	expect(subjects(replayed)).toEqual([created.body['id']])
	await Promise.all([theirs, ours, replayed].map((reader) => reader.leave()))
})

test('whoever is a megabyte behind gets it in several goes, in order and each change once', async () => {
	const reader = await openStream(house)
	await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
	const cursor = reader.lastId()
	await reader.leave()
	await sql`
		insert into events (id, merchant_id, type, payment_id, object)
		select 'evt_long_' || n, ${house.demo.merchantId}, 'payment.updated', 'pay_long', json_build_object(
			'object', 'payment', 'id', 'pay_long', 'status', 'processing', 'description', repeat('x', 700))
		from generate_series(1, 1500) n`.execute(house.services.db)
	const heard = await follow(house, { cursor }, (told) => told.length >= 1_500)
	expect(idsOf(heard)).toEqual(await written(cursor))
})

test('whoever is 2,000 events behind is told to read anew, and then goes on', async () => {
	const reader = await openStream(house)
	await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
	const cursor = reader.lastId()
	await reader.leave()
	await sql`
		insert into events (id, merchant_id, type, payment_id, object)
		select 'evt_many_' || n, ${house.demo.merchantId}, 'payment.updated', 'pay_many',
			'{"object":"payment","id":"pay_many","status":"processing"}'::json
		from generate_series(1, 2000) n`.execute(house.services.db)
	const behind = await openStream(house, { cursor })
	await expect.poll(() => behind.told.map(({ event: name }) => name), PATIENCE).toContain('resync')
	expect(behind.changes().filter(({ data }) => data.id === 'pay_many').length).toBeLessThan(2_000)
	const payment = await takePayment(house)
	await expect.poll(() => endedIn(behind, 'succeeded'), PATIENCE).toBe(1)
	expect(behind.changes().at(-1)?.data).toMatchObject({ id: payment })
	await behind.leave()
})

test.each(['', 'nonsense', '1', '-1-1', '1-2-3', "0-0'; drop table events"])(
	'a cursor that is none, %o, starts at the present',
	async (cursor) => {
		const reader = await openStream(house, { cursor })
		await expect.poll(() => reader.told[0]?.event, PATIENCE).toBe('ready')
		await takePayment(house)
		await expect.poll(() => endedIn(reader, 'succeeded'), PATIENCE).toBe(1)
		expect(new Set(reader.changes().map(({ data }) => data.id)).size).toBe(1)
		await reader.leave()
	},
)
