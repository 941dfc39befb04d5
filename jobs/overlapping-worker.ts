import type { Job, PgBoss } from 'pg-boss'
import { HopelessJob } from './catalog/hopeless-job.ts'
import type { FetchedJob } from './enqueue.ts'
import { lastWordsOf } from './last-words.ts'

export type Worker = {
	/** Looks for jobs now: called after a commit that queued some. */
	wake(): void
	/** Stops fetching and resolves when the jobs in hand are settled, or after `timeoutMs`. */
	stop(timeoutMs: number): Promise<void>
}

export type WorkerOptions = {
	boss: PgBoss
	queue: string
	/** Jobs in hand at once. Each mostly waits for a gateway, so this bounds calls in flight. */
	most: number
	/** How often to look without being woken: a lost hint costs at most this. */
	pollMs: number
	heartbeatMs: number
	/** Asked before each fetch: a stopped queue keeps what is in hand, and takes nothing new. */
	isPaused: () => boolean
	run: (fetched: FetchedJob) => Promise<'completed' | 'done'>
	onError: (error: unknown, fetched: FetchedJob | null) => void
}

const RETRY_FETCH_MS = 1_000
const COMPLETE_TOGETHER = 200

/**
 * The job's own time limit. Whoever does not end by then is abandoned: the place is free for others, and what the
 * late one still tries to settle is refused, because the attempt is no longer his.
 */
async function withinItsTime<T>(job: Job, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined
	const tooLong = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(new Error(`did not end within ${job.expireInSeconds} s and was abandoned`))
		}, job.expireInSeconds * 1_000)
	})
	// Abandoned work may still fail; by then nobody listens.
	work.catch(() => undefined)
	try {
		return await Promise.race([work, tooLong])
	} finally {
		clearTimeout(timer)
	}
}

/**
 * Fetches while there is room and starts each job at once: a slow gateway answer holds back only its own job. A
 * batch handler would wait for the slowest call of the batch.
 */
export function startOverlappingWorker(options: WorkerOptions): Worker {
	const { boss, queue, most, run, onError } = options
	const inHand = new Map<string, Job>()
	const done: Job[] = []
	let stopping = false
	let fetching = false
	let wanted = false
	let completing = false
	let timer: NodeJS.Timeout | undefined

	async function complete(): Promise<void> {
		if (completing) return
		completing = true
		while (done.length > 0) {
			const jobs = done.splice(0, COMPLETE_TOGETHER)
			try {
				await boss.complete(queue, jobs)
			} catch (error) {
				// Not lost: the job expires, runs again and finds its work done.
				onError(error, null)
			}
		}
		completing = false
	}

	/** The queue has no way to end a job of its own accord: the next try, made at once, is declared the last. */
	async function fail(job: Job, error: unknown): Promise<void> {
		await boss.fail(queue, job, { message: lastWordsOf(error) })
		if (error instanceof HopelessJob && job.retryCount === 0)
			await boss.update(queue, undefined, { id: job.id, retryLimit: 1, startAfter: 0 })
	}

	async function work(job: Job): Promise<void> {
		const fetched = { queue, job }
		try {
			if ((await withinItsTime(job, run(fetched))) === 'done') {
				done.push(job)
				void complete()
			}
		} catch (error) {
			onError(error, fetched)
			await fail(job, error).catch((failure: unknown) => onError(failure, fetched))
		} finally {
			inHand.delete(job.id)
			if (wanted) void fetchMore()
		}
	}

	async function fetchMore(): Promise<void> {
		if (fetching || stopping) return
		if (options.isPaused()) return schedule(options.pollMs)
		const room = most - inHand.size
		if (room === 0) return
		fetching = true
		wanted = false
		let delay = options.pollMs
		try {
			const jobs = await boss.fetch<object>(queue, { batchSize: room })
			for (const job of jobs) {
				inHand.set(job.id, job)
				void work(job)
			}
			// A full batch means there is more; fetched again as soon as a place is free.
			if (jobs.length === room) wanted = true
		} catch (error) {
			onError(error, null)
			delay = RETRY_FETCH_MS
		}
		fetching = false
		if (wanted) void fetchMore()
		else schedule(delay)
	}

	function schedule(ms: number): void {
		clearTimeout(timer)
		if (stopping) return
		timer = setTimeout(() => void fetchMore(), ms)
	}

	const heart = setInterval(() => {
		if (inHand.size > 0)
			boss.touch(queue, [...inHand.values()]).catch((error: unknown) => onError(error, null))
	}, options.heartbeatMs)

	schedule(0)
	return {
		wake() {
			wanted = true
			void fetchMore()
		},
		async stop(timeoutMs) {
			stopping = true
			clearTimeout(timer)
			const deadline = Date.now() + timeoutMs
			while ((inHand.size > 0 || done.length > 0 || completing || fetching) && Date.now() < deadline) {
				await new Promise((resolve) => setTimeout(resolve, 20))
			}
			clearInterval(heart)
		},
	}
}
