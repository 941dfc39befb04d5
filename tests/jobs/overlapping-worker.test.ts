import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startOverlappingWorker, type Worker, type WorkerOptions } from '#jobs/overlapping-worker.ts'
import { openHouse, type House } from '#tests/support/house.ts'

let house: House
let queueNumber = 0
let queue: string
const workers: Worker[] = []

beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterEach(async () => {
	await Promise.all(workers.splice(0).map((worker) => worker.stop(1_000)))
})
afterAll(() => house.close())

const PATIENCE = { timeout: 10_000, interval: 10 }

async function openQueue(retryLimit = 2): Promise<void> {
	queue = `test-${++queueNumber}`
	await house.services.boss.createQueue(queue, { retryLimit, retryDelay: 0 })
}

const send = (...names: string[]) =>
	house.services.boss.insert(
		queue,
		names.map((name) => ({ data: { name } })),
	)

type Run = (name: string) => Promise<'completed' | 'done'>

function work(run: Run, more: Partial<WorkerOptions> = {}): { worker: Worker; errors: unknown[] } {
	const errors: unknown[] = []
	const worker = startOverlappingWorker({
		boss: house.services.boss,
		queue,
		most: 4,
		pollMs: 50,
		isPaused: () => false,
		heartbeatMs: 1_000,
		run: ({ job }) => run((job.data as { name: string }).name),
		onError: (error) => errors.push(error),
		...more,
	})
	workers.push(worker)
	return { worker, errors }
}

/** State of every job of the queue by its name. */
async function states(): Promise<Record<string, string>> {
	const jobs = await house.services.boss.findJobs<{ name: string }>(queue)
	return Object.fromEntries(jobs.map((job) => [job.data.name, job.state]))
}

/** A promise that ends when the test says so. */
function gate() {
	let open: () => void = () => {}
	const opened = new Promise<void>((resolve) => (open = resolve))
	return { open, opened }
}

test('a slow job holds back nobody but itself', async () => {
	await openQueue()
	const slow = gate()
	const finished: string[] = []
	work(async (name) => {
		if (name === 'slow') await slow.opened
		finished.push(name)
		return 'done'
	})
	await send('slow', ...Array.from({ length: 20 }, (_, n) => `quick ${n}`))
	await expect.poll(() => finished.length, PATIENCE).toBe(20)
	expect(finished).not.toContain('slow')
	slow.open()
	await expect.poll(() => finished.includes('slow'), PATIENCE).toBe(true)
	await expect
		.poll(async () => new Set(Object.values(await states())), PATIENCE)
		.toEqual(new Set(['completed']))
})

test('a job that fails is tried again, and the others do not notice', async () => {
	await openQueue()
	const tries: string[] = []
	const { errors } = work(async (name) => {
		tries.push(name)
		if (name === 'shaky' && tries.filter((tried) => tried === 'shaky').length < 3) throw new Error('shaky')
		return 'done'
	})
	await send('shaky', 'a', 'b', 'c', 'd', 'e')
	await expect
		.poll(async () => new Set(Object.values(await states())), PATIENCE)
		.toEqual(new Set(['completed']))
	expect(tries.filter((tried) => tried === 'shaky')).toHaveLength(3)
	expect(tries).toHaveLength(3 + 5)
	expect(errors.map(String)).toEqual(['Error: shaky', 'Error: shaky'])
})

test('a job that fails every time ends as failed with its last words', async () => {
	await openQueue(1)
	work(async () => {
		throw new Error('never')
	})
	await send('hopeless')
	await expect.poll(states, PATIENCE).toEqual({ hopeless: 'failed' })
	const [job] = await house.services.boss.findJobs(queue)
	expect(job).toMatchObject({ retryCount: 1, output: { message: 'never' } })
})

test('never more in hand than allowed', async () => {
	await openQueue()
	let inHand = 0
	let highest = 0
	work(
		async () => {
			highest = Math.max(highest, ++inHand)
			await new Promise((resolve) => setTimeout(resolve, 5))
			inHand -= 1
			return 'done'
		},
		{ most: 3 },
	)
	await send(...Array.from({ length: 15 }, (_, n) => `job ${n}`))
	await expect
		.poll(async () => new Set(Object.values(await states())), PATIENCE)
		.toEqual(new Set(['completed']))
	expect(highest).toBe(3)
})

test('woken, it does not wait for its next look', async () => {
	await openQueue()
	const done: string[] = []
	const { worker } = work(
		async (name) => {
			done.push(name)
			return 'done'
		},
		{ pollMs: 1_000_000 },
	)
	await send('first')
	worker.wake()
	await expect.poll(() => done, PATIENCE).toEqual(['first'])
	await send('second')
	worker.wake()
	await expect.poll(() => done, PATIENCE).toEqual(['first', 'second'])
})

test('stop waits for the jobs in hand, takes no new ones and leaves nothing active', async () => {
	await openQueue()
	const held = gate()
	const started: string[] = []
	const { worker } = work(
		async (name) => {
			started.push(name)
			await held.opened
			return 'done'
		},
		{ most: 2 },
	)
	await send('a', 'b', 'c')
	await expect.poll(() => started.length, PATIENCE).toBe(2)
	let stopped = false
	const stopping = worker.stop(10_000).then(() => (stopped = true))
	await new Promise((resolve) => setTimeout(resolve, 60))
	expect(stopped).toBe(false)
	held.open()
	await stopping
	expect(started).toHaveLength(2)
	expect(Object.values(await states()).sort()).toEqual(['completed', 'completed', 'created'])
})
