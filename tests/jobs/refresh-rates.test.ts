import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { settleAttention } from '#app/commands/attention/settle-attention.server.ts'
import { refreshRates } from '#app/commands/fx/refresh-rates.server.ts'
import { rateText } from '#app/domain/fx/rate.ts'
import { REFRESH_AT, refreshRates as job } from '#jobs/catalog/fx.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { runNow } from '../integration/payments/by-hand.ts'

const FILE = await readFile('app/gateways/ecb/eurofxref-2026-03-13.xml', 'utf8')
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const fileOf = (day: string, usd = '1.1476') => FILE.replace('2026-03-13', day).replace('1.1476', usd)

let server: Server
let url: string
/** What the ECB answers next. */
let answer: { status: number; body: string }
let asked: number

let house: House
beforeAll(async () => {
	server = createServer((_, res) => {
		asked++
		res.writeHead(answer.status).end(answer.body)
	})
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/eurofxref-daily.xml`
})
afterAll(async () => {
	server.closeAllConnections()
	await new Promise((done) => server.close(done))
})
beforeEach(async () => {
	asked = 0
	answer = { status: 503, body: '' }
	house = await openHouse({ worker: false, webhooks: false, settings: { FX_RATES_URL: url } })
})
afterEach(() => house.close())

const refresh = () => refreshRates(house.services)
const current = () => house.services.rates.current()

async function items(): Promise<{ id: string; isOpen: boolean; detail: string; reason: string | null }[]> {
	const rows = await house.services.db
		.selectFrom('attention_items')
		.select(['id', 'closed_at', 'detail', 'reason'])
		.where('kind', '=', 'rates_stale')
		.orderBy('id')
		.execute()
	return rows.map(({ id, closed_at, detail, reason }) => ({ id, isOpen: closed_at === null, detail, reason }))
}

test('the round reads the file and keeps its rates; the same file again changes nothing', async () => {
	answer = { status: 200, body: fileOf(ago(1), '1.2') }
	await house.services.boss.send(job.name, {})
	expect(await runNow(house, job)).toBe(1)
	const table = await current()
	expect(table).toMatchObject({ asOf: ago(1), source: 'ecb' })
	expect(rateText(table.perEuro.get('usd') ?? 0n)).toBe('1.2')
	const count = () =>
		house.services.db.selectFrom('fx_rates').select('currency').where('source', '=', 'ecb').execute()
	expect(await count()).toHaveLength(29)
	await refresh()
	expect(await count()).toHaveLength(29)
	expect(asked).toBe(2)
	expect(await items()).toEqual([])
})

test('it runs by itself, four times a day', () => {
	expect(JOBS).toContain(job)
	expect(job.round?.cron).toBe('15 4,10,16,22 * * *')
	expect(REFRESH_AT.hours).toContain(16)
})

test('without the ECB there is one item for as long as it lasts, and success closes it', async () => {
	for (let round = 0; round < 3; round++) {
		expect(await refresh()).toMatchObject({ asOf: '2026-03-13', trouble: 'it answers 503' })
	}
	const [item, ...more] = await items()
	expect(more).toEqual([])
	expect(item).toMatchObject({ isOpen: true, reason: 'it answers 503' })
	expect(item?.detail).toContain('2026-03-13')

	answer = { status: 200, body: fileOf(ago(0)) }
	expect(await refresh()).toEqual({ asOf: ago(0), trouble: null })
	expect(await items()).toMatchObject([{ isOpen: false }])
})

test('an item that a person has closed does not come back every round', async () => {
	await refresh()
	const [item] = await items()
	await settleAttention(house.services, {
		merchantId: house.demo.merchantId,
		id: item?.id ?? '',
		outcome: 'by_hand',
		note: 'No network in this building.',
		actor: { kind: 'console', ref: 'usr_1' },
	})
	await refresh()
	await refresh()
	expect(await items()).toMatchObject([{ isOpen: false }])
})

test('trouble on a single day is nobody’s business', async () => {
	answer = { status: 200, body: fileOf(ago(2)) }
	await refresh()
	answer = { status: 500, body: '' }
	expect(await refresh()).toEqual({ asOf: ago(2), trouble: 'it answers 500' })
	expect(await items()).toEqual([])
})

test('a file in which a currency leapt is not taken, and a person is told at once', async () => {
	answer = { status: 200, body: fileOf(ago(2)) }
	await refresh()
	answer = { status: 200, body: fileOf(ago(1), '1.476') }
	expect((await refresh()).trouble).toContain('USD moved further')
	const table = await current()
	expect(table.asOf).toBe(ago(2))
	expect(rateText(table.perEuro.get('usd') ?? 0n)).toBe('1.1476')
	expect(await items()).toMatchObject([{ isOpen: true, reason: expect.stringContaining('USD') as string }])
})

test('an ECB that publishes nothing new for days is trouble, too', async () => {
	answer = { status: 200, body: fileOf(ago(6)) }
	expect(await refresh()).toMatchObject({ asOf: ago(6), trouble: `nothing was published after ${ago(6)}` })
	await refresh()
	expect(await items()).toHaveLength(1)
	expect((await current()).asOf).toBe(ago(6))
})

test('an older file never replaces newer rates', async () => {
	answer = { status: 200, body: fileOf(ago(1)) }
	await refresh()
	answer = { status: 200, body: fileOf(ago(3), '1.15') }
	await refresh()
	expect((await current()).asOf).toBe(ago(1))
})
