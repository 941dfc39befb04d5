import { z } from 'zod'
import { JOB_STATES, type JobAction, type JobState } from '../domain/queues/job-state.ts'
import type { JobSubject } from '../domain/queues/job-subject.ts'

/** Times are Unix milliseconds, durations seconds. Counts are at most ten seconds old. */
export type QueueFigures = {
	name: string
	/** What its jobs do, in words. */
	words: string
	/** Ready to run now; waiting for their time; in hand; failed for good and still kept. */
	ready: number
	deferred: number
	active: number
	failed: number
	/** How long the oldest ready job has waited; null when none is ready. */
	oldestSeconds: number | null
	/** Over the last hour. */
	completed: number
	failedLately: number
	wait: Spread | null
	run: Spread | null
	paused: { by: string; reason: string; at: number } | null
	/** When it runs by itself. */
	cron: string | null
}

/** Median and 95th percentile in seconds. */
export type Spread = { p50: number | null; p95: number | null }

export type QueueBoard = {
	queues: QueueFigures[]
	rounds: QueueRound[]
	instances: QueueInstance[]
	readAt: number
}

export type QueueRound = { queue: string; words: string; cron: string; next: number[] }

export type QueueInstance = {
	id: string
	host: string
	pid: number
	isLive: boolean
	isWorking: boolean
	startedAt: number
	heardAt: number
	memoryBytes: number | null
	/** p99 of the last heartbeat, in milliseconds. */
	loopDelayMs: number | null
	crashes: number
}

export type JobView = {
	id: string
	queue: string
	words: string
	state: JobState
	payload: string
	output: string | null
	tries: number
	mostTries: number
	createdAt: number
	dueAt: number
	startedAt: number | null
	endedAt: number | null
	subject: JobSubject | null
	/** The payment it is about, when it belongs to this merchant. */
	payment: string | null
	can: readonly JobAction[]
}

export type QueuePoint = { at: number; ready: number; completed: number; failed: number }

export type QueueView = {
	figures: QueueFigures
	/** Five minutes each, oldest first, over three hours. */
	series: QueuePoint[]
	jobs: JobView[]
	hasMore: boolean
	state: JobState | null
	place: { starting_after?: string; ending_before?: string }
	failed: { count: number; oldest: JobView[] }
	readAt: number
}

const JobId = z.uuid()

export const ListJobs = z.object({
	state: z.enum(JOB_STATES).optional(),
	starting_after: JobId.optional(),
	ending_before: JobId.optional(),
})
export type ListJobs = z.infer<typeof ListJobs>

/** `payload`: what the job is to run with instead; as it was when left out. */
export const RetryJob = z.strictObject({ payload: z.record(z.string(), z.unknown()).optional() })
