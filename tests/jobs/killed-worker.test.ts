import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processPayment } from '#jobs/catalog/payments.ts'
import { startWorker } from '#jobs/worker.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { chargesOf, paymentOf, takePayment } from '../integration/payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_LATENCY_MS: '1500' } })
})
afterAll(() => house.close())

/** The same worker in a process of its own, on the same database and gateway. */
async function spawnWorker() {
	const { env } = house.services
	const child = spawn(process.execPath, ['tests/jobs/worker-process.ts'], {
		env: {
			PATH: process.env['PATH'],
			NODE_ENV: 'test',
			DATABASE_URL: env.database.url,
			BASE_URL: house.baseUrl,
			SANDBOX_URL: house.sandbox.url,
			LOG_LEVEL: 'silent',
		} as NodeJS.ProcessEnv,
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(child.stdout, 'data')
	return child
}

const PATIENCE = { timeout: 30_000, interval: 50 }

/** What a monitor finds half a minute after a worker fell silent, found now. */
async function noticeSilence(): Promise<void> {
	await sql`
		update pgboss.job set heartbeat_on = now() - interval '1 hour', started_on = now() - interval '1 hour'
		where state = 'active'`.execute(house.services.db)
	await house.services.boss.supervise(processPayment.name)
}

test('a worker killed in the middle of its calls loses no payment and charges nobody twice', async () => {
	const ids = await Promise.all(Array.from({ length: 12 }, () => takePayment(house)))
	const child = await spawnWorker()
	const sent = async () => {
		const rows = await house.services.db
			.selectFrom('payment_attempts')
			.select('id')
			.where('status', '=', 'sent')
			.execute()
		return rows.length
	}
	await expect.poll(sent, PATIENCE).toBeGreaterThan(0)
	const exited = once(child, 'exit')
	child.kill('SIGKILL')
	expect(await exited).toEqual([null, 'SIGKILL'])
	const unfinished = (await Promise.all(ids.map((id) => paymentOf(house, id)))).filter(
		({ status }) => status !== 'succeeded',
	)
	expect(unfinished.length).toBeGreaterThan(0)

	await noticeSilence()
	const worker = await startWorker(house.composed)
	const succeeded = async () =>
		(await Promise.all(ids.map((id) => paymentOf(house, id)))).filter(({ status }) => status === 'succeeded')
			.length
	await expect.poll(succeeded, PATIENCE).toBe(12)
	await worker.stop()

	const { charges } = await house.sandbox.books()
	expect(charges.map(({ metadata }) => metadata['payment_id']).sort()).toEqual([...ids].sort())
	expect(await violations(house.services.db)).toEqual([])
}, 90_000)

test('without anybody’s help a dead worker is noticed, and its job is taken up again', async () => {
	const { boss, db } = house.services
	const id = await takePayment(house)
	const child = await spawnWorker()
	const active = async () =>
		(await boss.findJobs(processPayment.name)).some(({ state }) => state === 'active')
	await expect.poll(active, PATIENCE).toBe(true)
	const exited = once(child, 'exit')
	child.kill('SIGKILL')
	await exited
	const { rows: killed } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
	const worker = await startWorker(house.composed)
	const status = async () => (await paymentOf(house, id)).status
	await expect.poll(status, { timeout: 60_000, interval: 200 }).toBe('succeeded')
	await worker.stop()
	const jobs = await boss.findJobs<{ paymentId: string }>(processPayment.name)
	const job = jobs.find(({ data }) => data.paymentId === id)
	expect(job).toMatchObject({ state: 'completed', retryCount: 1, heartbeatSeconds: 10 })
	// Ten seconds of silence, at most ten until the next round, a pause of a few, a look every second.
	const silence = (job?.startedOn.getTime() ?? Infinity) - (killed[0]?.at.getTime() ?? 0)
	expect(silence).toBeLessThanOrEqual(30_000)
	expect(await chargesOf(house, id)).toHaveLength(1)
}, 90_000)
