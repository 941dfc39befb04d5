import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelJob } from '#app/commands/queues/cancel-job.server.ts'
import { pauseQueue } from '#app/commands/queues/pause-queue.server.ts'
import { redriveQueue } from '#app/commands/queues/redrive-queue.server.ts'
import { resumeQueue } from '#app/commands/queues/resume-queue.server.ts'
import { retryJob } from '#app/commands/queues/retry-job.server.ts'
import { runRound } from '#app/commands/queues/run-round.server.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { readPauses } from '#db/queries/queue-pauses.ts'
import { checkAttempt, expirePayments, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { runNow, takePayment } from '../payments/by-hand.ts'
import { failedJob, jobOf, queuedJob } from './jobs.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const actor = { kind: 'console', ref: 'usr_one' } as const
const of = ({ demo }: House) => ({ merchantId: demo.merchantId, actor })

const lastLine = () =>
	house.owner
		.selectFrom('audit_log')
		.select(['action', 'subject_id', 'payload', 'before', 'after', 'reason'])
		.where('merchant_id', '=', house.demo.merchantId)
		.orderBy('seq', 'desc')
		.executeTakeFirstOrThrow()

const countLines = async () =>
	(
		await house.owner
			.selectFrom('audit_log')
			.select((eb) => eb.fn.countAll<bigint>().as('count'))
			.executeTakeFirstOrThrow()
	).count

describe('one job', () => {
	test('that failed is tried again, and does what it was for', async () => {
		const paymentId = await takePayment(house)
		const services = house.services
		const [fetched] = await services.boss.fetch<object>(processPayment.name)
		if (!fetched) throw new Error('nothing was queued')
		// Failed for good in one step: its tries are used up.
		await sql`update pgboss.job set retry_count = retry_limit where id = ${fetched.id}::uuid`.execute(
			house.owner,
		)
		await services.boss.fail(processPayment.name, fetched.id, { message: 'the gateway was away' })
		expect(await jobOf(house, fetched.id)).toMatchObject({ state: 'failed' })

		await retryJob(services, { ...of(house), jobId: fetched.id })
		expect(await jobOf(house, fetched.id)).toMatchObject({ state: 'retry', payload: { paymentId } })
		expect(await lastLine()).toMatchObject({
			action: 'job.retried',
			subject_id: paymentId,
			payload: { job: fetched.id, queue: processPayment.name },
		})
		await runNow(house, processPayment)
		expect((await house.call('GET', `/api/v1/payments/${paymentId}`)).body).toMatchObject({
			status: 'succeeded',
		})
		expect(await jobOf(house, fetched.id)).toMatchObject({ state: 'completed' })
	})

	test('is given something else, checked against what its queue takes', async () => {
		const [before, after] = [newId('pay'), newId('pay')]
		const jobId = await failedJob(house, processPayment, { paymentId: before })
		const change = (payload: unknown) => retryJob(house.services, { ...of(house), jobId, payload })
		for (const [payload, param] of [
			[{ paymentId: 'nothing' }, 'payload.paymentId'],
			[{}, 'payload.paymentId'],
			['text', 'payload'],
		] as const) {
			await expect(change(payload)).rejects.toMatchObject({ code: 'payload_invalid', param })
			expect(await jobOf(house, jobId)).toMatchObject({ state: 'failed', payload: { paymentId: before } })
		}
		await change({ paymentId: after })
		expect(await jobOf(house, jobId)).toMatchObject({ state: 'retry', payload: { paymentId: after } })
		expect(await lastLine()).toMatchObject({
			action: 'job.retried',
			before: { payload: JSON.stringify({ paymentId: before }) },
			after: { payload: JSON.stringify({ paymentId: after }) },
		})
	})

	test('that waits is changed where it stands, or taken out and put back', async () => {
		const jobId = await queuedJob(house, sendRefund, { refundId: 're_1', check: 0 })
		await retryJob(house.services, { ...of(house), jobId, payload: { refundId: 're_2', check: 1 } })
		expect(await jobOf(house, jobId)).toMatchObject({ state: 'created', payload: { refundId: 're_2' } })
		expect(await lastLine()).toMatchObject({ action: 'job.changed', subject_id: 're_2' })

		await cancelJob(house.services, { ...of(house), jobId, reason: 'Paid in cash' })
		expect(await jobOf(house, jobId)).toMatchObject({ state: 'cancelled' })
		expect(await lastLine()).toMatchObject({ action: 'job.canceled', reason: 'Paid in cash' })

		await retryJob(house.services, { ...of(house), jobId })
		expect(await jobOf(house, jobId)).toMatchObject({ state: 'created' })
	})

	test('that runs, is done, or nobody knows is left alone, and nothing is written', async () => {
		const attempts = ['one', 'two'].map((attemptId) =>
			queuedJob(house, checkAttempt, { attemptId, asked: 'schedule' }),
		)
		const [first] = await Promise.all(attempts)
		const [running, done] = await house.services.boss.fetch<object>(checkAttempt.name, { batchSize: 2 })
		if (!running || !done || !first) throw new Error('nothing was queued')
		await house.services.boss.complete(checkAttempt.name, done)
		const lines = await countLines()
		for (const jobId of [running.id, done.id]) {
			await expect(retryJob(house.services, { ...of(house), jobId })).rejects.toMatchObject({
				code: 'job_state',
			})
			await expect(cancelJob(house.services, { ...of(house), jobId, reason: 'No' })).rejects.toMatchObject({
				code: 'job_state',
			})
		}
		await expect(retryJob(house.services, { ...of(house), jobId: randomUUID() })).rejects.toMatchObject({
			code: 'job_not_found',
		})
		expect(await countLines()).toBe(lines)
	})

	test('is put back once by two people at the same moment', async () => {
		const jobId = await failedJob(house, processPayment, { paymentId: newId('pay') })
		const lines = await countLines()
		const both = await Promise.allSettled([1, 2].map(() => retryJob(house.services, { ...of(house), jobId })))
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
		expect(await countLines()).toBe(lines + 1n)
	})
})

describe('a whole queue', () => {
	test('has all its failed jobs put back, and no others', async () => {
		const failed = await Promise.all(
			[1, 2, 3].map((n) => failedJob(house, sendMail, { kind: 'verify_email', subject_id: `sup_${n}` })),
		)
		const canceled = await queuedJob(house, sendMail, { kind: 'verify_email', subject_id: 'sup_4' })
		await cancelJob(house.services, { ...of(house), jobId: canceled, reason: 'No' })
		expect(await redriveQueue(house.services, { ...of(house), queue: sendMail.name })).toEqual({ count: 3 })
		for (const id of failed) expect(await jobOf(house, id)).toMatchObject({ state: 'retry' })
		expect(await jobOf(house, canceled)).toMatchObject({ state: 'cancelled' })
		expect(await lastLine()).toMatchObject({ action: 'queue.redriven', payload: { jobs: 3 } })
		const lines = await countLines()
		expect(await redriveQueue(house.services, { ...of(house), queue: sendMail.name })).toEqual({ count: 0 })
		expect(await countLines()).toBe(lines)
	})

	test('is stopped and let go on, each once on record', async () => {
		const queue = sendMail.name
		const stop = () => pauseQueue(house.services, { ...of(house), queue, reason: 'Moving' })
		await stop()
		const lines = await countLines()
		await stop()
		expect(await countLines()).toBe(lines)
		expect(await readPauses(house.services.db)).toMatchObject([{ queue, reason: 'Moving' }])
		expect(await lastLine()).toMatchObject({ action: 'queue.paused', subject_id: queue, reason: 'Moving' })

		await resumeQueue(house.services, { ...of(house), queue })
		await resumeQueue(house.services, { ...of(house), queue })
		expect(await readPauses(house.services.db)).toEqual([])
		expect(await countLines()).toBe(lines + 1n)
		expect(await lastLine()).toMatchObject({ action: 'queue.resumed' })
	})

	test('nobody has is not found', async () => {
		const unknown = { ...of(house), queue: 'nobody.has' }
		const asked = [
			pauseQueue(house.services, { ...unknown, reason: 'Moving' }),
			resumeQueue(house.services, unknown),
			redriveQueue(house.services, unknown),
			runRound(house.services, { ...of(house), queue: sendMail.name }),
		]
		for (const one of asked) await expect(one).rejects.toMatchObject({ kind: 'not_found' })
	})

	test('that runs by the clock runs now as well', async () => {
		await runRound(house.services, { ...of(house), queue: expirePayments.name })
		expect(await lastLine()).toMatchObject({ action: 'queue.round_started', subject_id: expirePayments.name })
		expect(await runNow(house, expirePayments)).toBe(1)
	})
})
