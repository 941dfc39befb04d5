import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { verifyIntegrity as verify } from '#app/commands/integrity/verify-integrity.server.ts'
import { latestRuns } from '#db/queries/integrity.ts'
import { verifyIntegrity } from '#jobs/catalog/integrity.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addMerchant, type SecondMerchant } from '../../http/second-merchant.ts'
import { attentionOn, chargedPayment, runNow } from '../payments/by-hand.ts'

let house: House
let other: SecondMerchant
let paid: string
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	other = await addMerchant(house)
	paid = await chargedPayment(house)
})
afterAll(() => house.close())

const lastRun = async () => (await latestRuns(house.services.db, 1))[0]
/** Breaks I09 and nothing else, until it is mended. */
const spoil = () =>
	sql`update payments set captured_minor = captured_minor - 1 where id = ${paid}`.execute(house.owner)
const mend = () =>
	sql`update payments set captured_minor = amount_minor where id = ${paid}`.execute(house.owner)
afterEach(mend)

const itemsOf = (merchantId: string) =>
	house.services.db
		.selectFrom('attention_items')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.where('kind', '=', 'integrity_broken')
		.orderBy('id')
		.execute()

describe('a check', () => {
	test('that finds nothing says so, with what it looked at', async () => {
		const { violationCount, rowsChecked } = await verify(house.services, 'test')
		expect(violationCount).toBe(0)
		const run = await lastRun()
		expect(run).toMatchObject({ requested_by: 'test', violations: 0, error: null, merchants_seen: 2n })
		expect(run?.rows_checked).toBe(BigInt(rowsChecked))
		expect(rowsChecked).toBeGreaterThanOrEqual(10)
		expect(run?.results).toHaveLength(31)
		expect(await itemsOf(house.demo.merchantId)).toEqual([])
	})

	test('that finds something tells the business it belongs to, once, and closes when it holds again', async () => {
		await spoil()
		expect(await verify(house.services, 'test')).toMatchObject({ violationCount: 1 })
		await verify(house.services, 'test')
		const [item, ...more] = await itemsOf(house.demo.merchantId)
		expect(more).toEqual([])
		expect(item).toMatchObject({
			subject_id: 'I09',
			closed_at: null,
			detail: 'This does not hold: “What a payment says was collected is what the ledger booked.”',
			reason: expect.stringContaining(paid) as string,
		})
		expect(await itemsOf(other.merchantId)).toEqual([])

		await mend()
		await verify(house.services, 'test')
		expect(await itemsOf(house.demo.merchantId)).toMatchObject([{ outcome: 'gone' }])
	})

	test('of rows that belong to nobody goes to the oldest business', async () => {
		await sql`create table loose_change (balance numeric)`.execute(house.owner)
		await sql`grant select on loose_change to app_rw`.execute(house.owner)
		await verify(house.services, 'test')
		expect(await attentionOn(house, 'I29')).toEqual(['integrity_broken'])
		expect((await itemsOf(house.demo.merchantId)).at(-1)).toMatchObject({ subject_id: 'I29' })
		await sql`drop table loose_change`.execute(house.owner)
		await verify(house.services, 'test')
		expect(await attentionOn(house, 'I29')).toEqual([])
	})

	test('that cannot be made is kept as such, and says nothing of the books', async () => {
		const inspect = () => Promise.reject(new Error('the line is dead'))
		await expect(verify({ ...house.services, inspect }, 'test')).rejects.toThrow('the line is dead')
		expect(await lastRun()).toMatchObject({ violations: null, error: 'the line is dead' })
	})

	test('that sees no business has checked nothing', async () => {
		const check = { rowsChecked: 0, merchantsSeen: 0, counts: [], violations: [] }
		const blind = { ...house.services, inspect: () => Promise.resolve(check) }
		await expect(verify(blind, 'test')).rejects.toThrow('saw no business')
	})
})

describe('the job', () => {
	const ask = (payload: object) =>
		house.services.db.transaction().execute((tx) => house.services.enqueue(tx, verifyIntegrity, [payload]))
	const countRuns = async () => (await latestRuns(house.services.db, 1_000)).length

	test('is made once when two rounds come together, and always when a person asks', async () => {
		await verify(house.services, 'test')
		const before = await countRuns()
		await ask({})
		await ask({})
		expect(await runNow(house, verifyIntegrity)).toBe(2)
		expect(await countRuns()).toBe(before)
		await ask({ requestedBy: 'console:usr_1' })
		await runNow(house, verifyIntegrity)
		expect(await lastRun()).toMatchObject({ requested_by: 'console:usr_1', violations: 0 })
	})
})

describe('npm run ops', () => {
	async function ops(args: string[], env: Record<string, string> = {}) {
		const child = spawn(process.execPath, ['jobs/ops/main.ts', ...args], {
			env: { ...process.env, DATABASE_URL: '', TILLHOUSE_DATA: '/nowhere', ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		})
		const [out, err, [code]] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, 'exit') as Promise<[number]>,
		])
		return { code, out, err }
	}
	const here = () => ({ DATABASE_URL: house.services.env.database.url })

	test('verify prints every promise, keeps the run and ends with 0', async () => {
		const { code, out, err } = await ops(['verify'], here())
		expect({ code, err }).toEqual({ code: 0, err: '' })
		expect(out.match(/^ {2}I\d\d {6}ok {2}\S/gm)).toHaveLength(31)
		expect(out).toContain('Everything holds.')
		expect(await lastRun()).toMatchObject({ requested_by: 'ops', violations: 0 })
	})

	test('ends with 1 and names the rows when a promise is broken', async () => {
		await spoil()
		const { code, out } = await ops(['verify'], here())
		expect(code).toBe(1)
		expect(out).toMatch(new RegExp(`I09 +${paid}`))
		const asJson = await ops(['verify', '--json'], here())
		expect(asJson.code).toBe(1)
		expect(JSON.parse(asJson.out)).toMatchObject({ violations: [{ invariant: 'I09', subject: paid }] })
	})

	test('ends with 2 when it cannot tell', async () => {
		const dead = await ops(['verify'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
		expect(dead).toMatchObject({ code: 2, out: '' })
		expect(dead.err).toContain('ECONNREFUSED')
		expect(await ops(['verify'])).toMatchObject({
			code: 2,
			err: expect.stringContaining('Which database?') as string,
		})
		expect(await ops(['vrify'], here())).toMatchObject({ code: 2 })
		expect(await ops(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('verify') as string })
	})
})
