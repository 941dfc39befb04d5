import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { DEAD_LETTERS } from '#jobs/catalog/queues.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { startWorker } from '#jobs/worker.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { paymentOf, takePayment } from '../integration/payments/by-hand.ts'
import { openPoisonQueue, POISONS, poisoned } from './poison.ts'

const QUEUE = 'test.poison'
const LETHAL = 'test.lethal'
const PATIENCE = { timeout: 60_000, interval: 100 }

let house: House
let stop: () => Promise<void>
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	const { boss } = house.services
	await openPoisonQueue(boss, QUEUE)
	await openPoisonQueue(boss, LETHAL)
	const bad = poisoned(house.services, QUEUE)
	const real = await startWorker(house.composed)
	stop = async () => {
		await bad.stop(100)
		await real.stop()
	}
})
afterAll(async () => {
	await stop()
	await house.close()
})

const items = () =>
	house.services.db
		.selectFrom('attention_items')
		.select(['subject_id', 'merchant_id', 'detail', 'reason', 'job'])
		.where('kind', '=', 'job_failed')
		.where('closed_at', 'is', null)
		.orderBy('id')
		.execute()
const dead = async () => {
	const { rows } = await sql<{ source_name: string; state: string; data: object }>`
		select source_name, state, data from pgboss.job where name = ${DEAD_LETTERS} order by created_on`.execute(
		house.services.db,
	)
	return rows
}

/** Puts jobs past the catalogue, as an older or newer release might. */
const send = (queue: string, ...payloads: object[]) =>
	house.services.boss.insert(
		queue,
		payloads.map((data) => ({ data })),
	)

async function spawnLethalWorker() {
	const { env } = house.services
	const child = spawn(process.execPath, ['tests/jobs/poison-worker.ts', LETHAL], {
		env: {
			...process.env,
			NODE_ENV: 'test',
			DATABASE_URL: env.database.url,
			BASE_URL: house.baseUrl,
			SANDBOX_URL: house.sandbox.url,
			LOG_LEVEL: 'silent',
		},
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	await once(child.stdout, 'data')
	return child
}

/** A worker process is started anew whenever its job has killed it, as an operator's supervisor would. */
async function untilNoLethalJobIsLeft(): Promise<number> {
	let deaths = 0
	for (;;) {
		const open = await house.services.boss.findJobs(LETHAL)
		if (open.every(({ state }) => state === 'failed' || state === 'completed')) return deaths
		const child = await spawnLethalWorker()
		const died = once(child, 'exit')
		const allDone = expect
			.poll(async () => {
				const jobs = await house.services.boss.findJobs(LETHAL)
				return (
					jobs.every(({ state }) => state === 'failed' || state === 'completed') ||
					child.exitCode !== null ||
					child.signalCode !== null
				)
			}, PATIENCE)
			.toBe(true)
		await Promise.race([died, allDone])
		if (child.signalCode === 'SIGKILL') deaths += 1
		else child.kill('SIGTERM')
		await died
		await sql`
			update pgboss.job set heartbeat_on = now() - interval '1 hour'
			where state = 'active' and name = ${LETHAL}`.execute(house.services.db)
		await house.services.boss.supervise(LETHAL)
	}
}

test('twenty poison jobs end among the dead and on the desk; everybody else’s work is done', async () => {
	const kinds = Object.keys(POISONS)
	await send(QUEUE, ...kinds.map((poison) => ({ poison })))
	// Payloads nobody can read: of another version, of another shape, with nothing in them.
	await send(QUEUE, { poison: 'throws', version: 2 }, { poisson: 'salé' }, {})
	await send(processPayment.name, { paymentId: 'pay_nobody' }, { payment: 7 }, { paymentId: newId('ref') })
	await send(applyWebhook.name, { inboxId: 9 }, { inbox: ['?'] })
	await send(LETHAL, ...Array.from({ length: 3 }, () => ({ poison: 'kills the process' })))
	const poisonCount = kinds.length + 3 + 3 + 2 + 3
	expect(poisonCount).toBe(20)
	const payments = await Promise.all(Array.from({ length: 10 }, () => takePayment(house)))

	const deaths = await untilNoLethalJobIsLeft()
	expect(deaths).toBeGreaterThanOrEqual(2)
	await expect
		.poll(async () => (await dead()).filter(({ state }) => state === 'completed').length, PATIENCE)
		.toBe(poisonCount)
	expect(await dead()).toHaveLength(poisonCount)

	const told = await items()
	expect(told).toHaveLength(poisonCount)
	const payloads = (rows: (object | null | undefined)[]) => rows.map((row) => JSON.stringify(row)).sort()
	expect(payloads(told.map(({ job }) => job?.payload as object))).toEqual(
		payloads((await dead()).map(({ data }) => data)),
	)
	for (const item of told) {
		expect(item.merchant_id).toBe(house.demo.merchantId)
		expect(item.reason).toMatch(/\S/)
		expect(item.reason?.length).toBeLessThanOrEqual(2_000)
	}

	for (const id of payments) {
		await expect.poll(async () => (await paymentOf(house, id)).status, PATIENCE).toBe('succeeded')
	}
}, 120_000)

test('a job that never ends is abandoned after its time, and says so', async () => {
	const found = (await items()).find(({ job }) => JSON.stringify(job?.payload).includes('never ends'))
	expect(found).toMatchObject({ reason: 'did not end within 1 s and was abandoned' })
})

test('a payload nobody can read is not tried all the times a queue allows', async () => {
	const { rows } = await sql<{ source_retry_count: number }>`
		select source_retry_count from pgboss.job
		where name = ${DEAD_LETTERS} and source_name in (${processPayment.name}, ${applyWebhook.name})`.execute(
		house.services.db,
	)
	expect(rows.map((row) => row.source_retry_count)).toEqual([1, 1, 1, 1, 1])
	const [item] = (await items()).filter(({ subject_id }) => subject_id === 'pay_nobody')
	expect(item).toMatchObject({
		detail: 'Checking and charging this payment failed all 2 times it was tried.',
		reason: expect.stringContaining('This payload cannot be read') as string,
	})
})
