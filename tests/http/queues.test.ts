import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#app/domain/ids/new-id.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { failedJob, jobOf } from '../integration/queues/jobs.ts'
import { takePayment } from '../integration/payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

test('the depth and age of every queue is told', async () => {
	await takePayment(house)
	await house.services.boss.supervise(processPayment.name)
	const { status, body } = await house.call('GET', '/api/v1/queue/stats')
	expect(status).toBe(200)
	const queues = body['data'] as { name: string; ready: number; paused: boolean }[]
	expect(queues.map(({ name }) => name)).toEqual(JOBS.map(({ name }) => name))
	expect(queues.every(({ ready, paused }) => Number.isInteger(ready) && !paused)).toBe(true)
})

test.each(['/api/v1/queue/status', '/status'])('%s tells which processes work', async (path) => {
	const { status, body } = await house.call('GET', path)
	expect(status).toBe(200)
	expect(body).toMatchObject({ object: 'queue_status', paused: [] })
	expect(body['instances']).toContainEqual(
		expect.objectContaining({ object: 'instance', pid: process.pid, live: true }),
	)
})

test.each(['/api/v1/queue/jobs', '/retry'])('%s/:id puts a failed job back', async (path) => {
	const paymentId = newId('pay')
	const id = await failedJob(house, processPayment, { paymentId })
	const again = path === '/retry' ? `/retry/${id}` : `${path}/${id}/retry`
	const { status, body } = await house.call('POST', again, {})
	expect(status).toBe(200)
	expect(body).toMatchObject({ object: 'job', id, queue: processPayment.name, state: 'retry' })
	const twice = await house.call('POST', again, {})
	expect(twice.status).toBe(409)
	expect(twice.body['error']).toMatchObject({ code: 'job_state' })
})

test('what cannot be tried again is refused by its field, and left as it is', async () => {
	const id = await failedJob(house, processPayment, { paymentId: newId('pay') })
	const retry = (job: string, body: object) => house.call('POST', `/api/v1/queue/jobs/${job}/retry`, body)
	expect(await retry(id, { payload: { paymentId: 7 } })).toMatchObject({
		status: 400,
		body: { error: { code: 'payload_invalid', param: 'payload.paymentId' } },
	})
	expect(await retry(id, { payload: 'text' })).toMatchObject({ status: 400 })
	expect(await retry(id, { state: 'completed' })).toMatchObject({ status: 400 })
	expect(await jobOf(house, id)).toMatchObject({ state: 'failed' })
	for (const nobody of [randomUUID(), 'nothing', `${id}0`])
		expect(await retry(nobody, {})).toMatchObject({ status: 404, body: { error: { code: 'job_not_found' } } })
})
