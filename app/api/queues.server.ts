import { z } from 'zod'
import { jobNotFound, retryJob as retry } from '../commands/queues/retry-job.server.ts'
import { RetryJob, type QueueFigures, type QueueInstance } from '../contracts/queues.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentJob } from '../presenters/queue-job.server.ts'
import { presentQueueBoard } from '../presenters/queues.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'

const toStats = (queue: QueueFigures) => ({
	object: 'queue',
	name: queue.name,
	ready: queue.ready,
	deferred: queue.deferred,
	active: queue.active,
	failed: queue.failed,
	oldest_seconds: queue.oldestSeconds,
	last_hour: {
		completed: queue.completed,
		failed: queue.failedLately,
		wait_seconds: queue.wait,
		run_seconds: queue.run,
	},
	paused: queue.paused !== null,
})

/** GET /api/v1/queue/stats: depth and age of every queue; counts are at most ten seconds old. */
export const queueStats = operation('GET /queue/stats', async ({ context }) => {
	const { queues } = await presentQueueBoard(context.services)
	return json({ object: 'list', url: '/api/v1/queue/stats', has_more: false, data: queues.map(toStats) })
})

const toWorker = (one: QueueInstance) => ({
	object: 'instance',
	id: one.id,
	host: one.host,
	pid: one.pid,
	live: one.isLive,
	working: one.isWorking,
	started: Math.floor(one.startedAt / 1_000),
	last_heard: Math.floor(one.heardAt / 1_000),
	memory_bytes: one.memoryBytes,
	event_loop_delay_ms: one.loopDelayMs,
	crash_restarts: one.crashes,
})

/** GET /api/v1/queue/status: which processes work through the queues. */
export const queueStatus = operation('GET /queue/status', async ({ context }) => {
	const { instances, queues } = await presentQueueBoard(context.services)
	const isWorking = instances.some(({ isLive, isWorking }) => isLive && isWorking)
	return json({
		object: 'queue_status',
		status: isWorking ? 'ok' : 'no_worker',
		paused: queues.filter(({ paused }) => paused).map(({ name }) => name),
		instances: instances.map(toWorker),
	})
})

/** POST /api/v1/queue/jobs/:id/retry: a failed or canceled job goes back into its queue. */
export const retryJob = operation(
	'POST /queue/jobs/:id/retry',
	async ({ caller, request, context, params }) => {
		const { id = '' } = params
		if (!z.uuid().safeParse(id).success) throw jobNotFound(id)
		const { payload } = RetryJob.parse((await readJson(request)).value)
		const { merchantId, cause: actor } = caller
		const { services } = context
		await retry(services, { merchantId, jobId: id, actor, ...(payload && { payload }) })
		const job = await presentJob(services, { merchantId, jobId: id })
		if (!job) throw jobNotFound(id)
		return json({
			object: 'job',
			id,
			queue: job.queue,
			state: job.state,
			payload: JSON.parse(job.payload) as unknown,
			created: Math.floor(job.createdAt / 1_000),
			due: Math.floor(job.dueAt / 1_000),
		})
	},
)
