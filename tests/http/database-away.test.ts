import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '#tests/support/house.ts'
import { startTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts'
import { openStream } from '../integration/feed/stream-reader.ts'
import { violations } from '../integration/ledger/invariants.ts'

let wire: TcpProxy
let house: House
beforeAll(async () => {
	house = await openHouse({
		webhooks: false,
		async proxied(databaseUrl) {
			const url = new URL(databaseUrl)
			wire = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) })
			url.hostname = '127.0.0.1'
			url.port = String(wire.port)
			return url.href
		},
	})
})
afterAll(async () => {
	await house.close()
	await wire.close()
})

const PATH = '/api/v1/payments'
const CARD = { amount: 2_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const PATIENCE = { timeout: 45_000, interval: 100 }

async function expectUnavailable(method: string, path: string, body?: object): Promise<void> {
	const answer = await house.call(method, path, body)
	expect(answer, answer.text).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
	expect(answer.headers.get('retry-after')).toBe('2')
}

/** The connections that listen for the hints of other processes, as the database sees them. */
async function listeners(): Promise<number[]> {
	const { rows } = await sql<{ pid: number }>`
		select pid from pg_stat_activity
		where datname = current_database() and application_name = 'tillhouse-listen'`.execute(house.owner)
	return rows.map(({ pid }) => pid)
}

/** Payments are taken, charged by the worker and shown live, all in the process that lived through it. */
async function expectEverythingBack(lostListener: number | undefined): Promise<void> {
	const key = { 'idempotency-key': crypto.randomUUID() }
	const take = () => house.call('POST', PATH, CARD, key)
	await expect.poll(async () => (await take()).status, PATIENCE).toBe(201)
	const id = String((await take()).body['id'])
	const stream = await openStream(house)
	try {
		const status = async () => (await house.call('GET', `${PATH}/${id}`)).body['status']
		await expect.poll(status, PATIENCE).toBe('succeeded')
		const later = await house.call('POST', PATH, CARD)
		const isShown = () =>
			stream.changes().some(({ data }) => data.id === later.body['id'] && data.status === 'succeeded')
		await expect.poll(isShown, PATIENCE).toBe(true)
	} finally {
		await stream.leave()
	}
	const isListening = async () => {
		const [pid, ...more] = await listeners()
		return pid !== undefined && pid !== lostListener && more.length === 0
	}
	await expect.poll(isListening, PATIENCE).toBe(true)
	await expect
		.poll(async () => (await house.call('GET', '/api/v1/health')).body, PATIENCE)
		.toMatchObject({ status: 'ok', checks: { database: 'ok', queue: 'ok' } })
}

test('the database is away: requests are told to come back, and everything returns with it', async () => {
	const { body } = await house.call('POST', PATH, CARD)
	const [listener] = await listeners()
	await wire.goAway()
	await Promise.all([
		expectUnavailable('POST', PATH, CARD),
		expectUnavailable('GET', `${PATH}/${String(body['id'])}`),
		expectUnavailable('POST', `${PATH}/${String(body['id'])}/refund`, {}),
		expectUnavailable('POST', '/api/payments', CARD),
	])
	expect(await house.call('GET', '/api/v1/health')).toMatchObject({
		status: 503,
		body: { status: 'unavailable', checks: { app: 'ok', database: 'unavailable' } },
	})
	await wire.comeBack()
	await expectEverythingBack(listener)
}, 120_000)

test('every connection is cut in the middle of the work: nothing is lost, nothing is done twice', async () => {
	const keys = Array.from({ length: 30 }, () => ({ 'idempotency-key': crypto.randomUUID() }))
	const first = keys.map((key) => house.call('POST', PATH, CARD, key))
	await Promise.race(first)
	const [listener] = await listeners()
	wire.cut()
	for (const answer of await Promise.all(first)) expect([201, 503]).toContain(answer.status)
	await expectEverythingBack(listener)
	const answers = await Promise.all(keys.map((key) => house.call('POST', PATH, CARD, key)))
	const ids = new Set(answers.map(({ body }) => String(body['id'])))
	expect(answers.map(({ status }) => status)).toEqual(Array(keys.length).fill(201))
	expect(ids.size).toBe(keys.length)
	const succeeded = async () => {
		const looks = await Promise.all([...ids].map((id) => house.call('GET', `${PATH}/${id}`)))
		return looks.filter(({ body }) => body['status'] === 'succeeded').length
	}
	await expect.poll(succeeded, { ...PATIENCE, interval: 500 }).toBe(keys.length)
	const { charges } = await house.sandbox.books()
	const charged = charges.map(({ metadata }) => metadata['payment_id'])
	expect([...ids].filter((id) => charged.filter((paid) => paid === id).length !== 1)).toEqual([])
}, 120_000)

test('D4: connections that are open and silent are noticed, left, and replaced', async () => {
	const { body } = await house.call('POST', PATH, CARD, { prefer: 'wait=15' })
	const [listener] = await listeners()
	wire.forget()
	const looks = Array.from({ length: 10 }, () => house.call('GET', `${PATH}/${String(body['id'])}`))
	const statuses = new Set((await Promise.all(looks)).map(({ status }) => status))
	expect([...statuses].filter((status) => status !== 200)).toEqual([503])
	await expectEverythingBack(listener)
}, 120_000)

test('afterwards no promise is broken', async () => {
	// A job of the schedules that is due at this moment is taken within a second.
	await expect.poll(() => violations(house.services.db), PATIENCE).toEqual([])
})
