import { afterAll, beforeAll, expect, test } from 'vitest'
import { pauseQueue } from '#app/commands/queues/pause-queue.server.ts'
import { resumeQueue } from '#app/commands/queues/resume-queue.server.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { watchPauses } from '#jobs/pauses.ts'
import { startWorker } from '#jobs/worker.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { takePayment } from '../payments/by-hand.ts'

let house: House
let worker: Awaited<ReturnType<typeof startWorker>>
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
	const actor = { kind: 'console', ref: 'usr_one' } as const
	const { merchantId } = house.demo
	await pauseQueue(house.services, { merchantId, queue: processPayment.name, actor, reason: 'Looking' })
	worker = await startWorker(house.composed)
})
afterAll(async () => {
	await worker.stop()
	await house.close()
})

const PATIENCE = { timeout: 60_000, interval: 50 }

test('a stopped queue is not worked through until it is let go on; what came meanwhile is not lost', async () => {
	const ids = await Promise.all([takePayment(house), takePayment(house)])
	const states = async () =>
		Promise.all(ids.map(async (id) => (await house.call('GET', `/api/v1/payments/${id}`)).body['status']))
	// Another queue is worked through meanwhile, so it is not the worker that is away.
	const { boss } = house.services
	const mail = await boss.send('mail.send', { kind: 'verify_email', subject_id: 'sup_nobody' })
	const mailState = async () => (await boss.findJobs('mail.send', { id: mail ?? '' }))[0]?.state
	await expect.poll(mailState, PATIENCE).toBe('completed')
	expect(await states()).toEqual(['screening', 'screening'])

	await resumeQueue(house.services, {
		merchantId: house.demo.merchantId,
		queue: processPayment.name,
		actor: { kind: 'console', ref: 'usr_one' },
	})
	await expect.poll(states, PATIENCE).toEqual(['succeeded', 'succeeded'])
})

test('what was known last holds while the database cannot be asked', async () => {
	const said: string[] = []
	const pauses = await watchPauses({
		db: {} as House['services']['db'],
		logger: { error: (_, message) => said.push(message) },
	})
	expect(pauses.has(processPayment.name)).toBe(false)
	expect(said).toEqual(['reading which queues are stopped failed'])
	await pauses.stop()
})
