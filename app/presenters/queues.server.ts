import type { Kysely } from 'kysely'
import type { Instance, PgBoss, QueueResult, QueueStats } from 'pg-boss'
import { readPauses, type QueuePause } from '#db/queries/queue-pauses.ts'
import { previewFailedJobs, searchJobs } from '#db/queries/queue-jobs.ts'
import type { DB } from '#db/schema.ts'
import { JOBS } from '#jobs/catalog/queues.ts'
import type {
	ListJobs,
	QueueBoard,
	QueueFigures,
	QueueInstance,
	QueueRound,
	QueueView,
	Spread,
} from '../contracts/queues.ts'
import { jobWords } from '../domain/attention/job-words.ts'
import { toJobView } from './queue-job.server.ts'

type Deps = { db: Kysely<DB>; boss: PgBoss; clock: { now(): Date } }

const HOUR_MS = 3_600_000
/** Wider than any span asked for, and aligned to the epoch: the whole span comes back as one row. */
const ALL_IN_ONE = 1_000_000_000
const POINT_SECONDS = 300
const POINTS_MS = 3 * HOUR_MS
const NEXT_SHOWN = 3
const FAILED_SHOWN = 5
const PAGE = 25
const PERCENTILES = [50, 95]

function spreadOf(stats: QueueStats | undefined, of: 'waitSeconds' | 'runSeconds'): Spread | null {
	const read = (p: number) => stats?.percentiles?.find((one) => one.p === p)?.[of] ?? null
	const spread = { p50: read(50), p95: read(95) }
	return spread.p50 === null ? null : spread
}

function figuresOf(
	queue: QueueResult,
	hour: QueueStats | undefined,
	pause: QueuePause | undefined,
): QueueFigures {
	const { name } = queue
	return {
		name,
		words: jobWords(name),
		ready: queue.readyCount,
		deferred: queue.deferredCount,
		active: queue.activeCount,
		failed: queue.failedCount,
		oldestSeconds: queue.readyCount > 0 ? queue.readyOldestSeconds : null,
		completed: hour?.completedDelta ?? 0,
		failedLately: hour?.failedDelta ?? 0,
		wait: spreadOf(hour, 'waitSeconds'),
		run: spreadOf(hour, 'runSeconds'),
		paused: pause ? { by: pause.paused_by, reason: pause.reason, at: pause.paused_at.getTime() } : null,
		cron: JOBS.find((job) => job.name === name)?.round?.cron ?? null,
	}
}

async function readFigures({ db, boss, clock }: Deps, names: readonly string[]): Promise<QueueFigures[]> {
	const from = new Date(clock.now().getTime() - HOUR_MS)
	const [queues, pauses, hours] = await Promise.all([
		boss.getQueues([...names]),
		readPauses(db),
		Promise.all(
			names.map((name) =>
				boss.getQueueStats(name, { from, bucketSeconds: ALL_IN_ONE, percentiles: PERCENTILES }),
			),
		),
	])
	const hourOf = new Map(names.map((name, index) => [name, hours[index]?.[0]]))
	const byName = new Map(queues.map((queue) => [queue.name, queue]))
	return names.flatMap((name) => {
		const queue = byName.get(name)
		const pause = pauses.find((one) => one.queue === name)
		return queue ? [figuresOf(queue, hourOf.get(name), pause)] : []
	})
}

const roundsOf = (boss: PgBoss): QueueRound[] =>
	JOBS.flatMap(({ name, round }) =>
		round
			? [
					{
						queue: name,
						words: jobWords(name),
						cron: round.cron,
						next: boss.previewSchedule(round.cron, { count: NEXT_SHOWN }).map((at) => at.getTime()),
					},
				]
			: [],
	)

/** Processes that ended in good order are history. */
const toInstances = (instances: readonly Instance[]): QueueInstance[] =>
	instances
		.filter(({ stoppedOn }) => stoppedOn === null)
		.map((one) => ({
			id: one.id,
			host: one.host,
			pid: one.pid,
			isLive: one.live,
			isWorking: one.supervise,
			startedAt: one.startedOn.getTime(),
			heardAt: one.heartbeatOn.getTime(),
			memoryBytes: one.metrics?.rss ?? null,
			loopDelayMs: one.metrics?.loopDelay ?? null,
			crashes: one.crashRestarts,
		}))
		.sort((a, b) => b.heardAt - a.heardAt)

/** How every queue stands, what comes next by the clock, and which processes are there. */
export async function presentQueueBoard(deps: Deps): Promise<QueueBoard> {
	const [queues, instances] = await Promise.all([
		readFigures(
			deps,
			JOBS.map(({ name }) => name),
		),
		deps.boss.getInstances(),
	])
	return {
		queues,
		rounds: roundsOf(deps.boss),
		instances: toInstances(instances),
		readAt: deps.clock.now().getTime(),
	}
}

/** One queue with its last three hours and a page of its jobs; null when there is no such queue. */
export async function presentQueue(
	deps: Deps,
	{ queue, query }: { queue: string; query: ListJobs },
): Promise<QueueView | null> {
	if (!JOBS.some(({ name }) => name === queue)) return null
	const { db, boss, clock } = deps
	const now = clock.now().getTime()
	const state = query.state ?? null
	const [[figures], points, page, failed] = await Promise.all([
		readFigures(deps, [queue]),
		boss.getQueueStats(queue, { from: new Date(now - POINTS_MS), bucketSeconds: POINT_SECONDS }),
		searchJobs(db, {
			queue,
			state,
			limit: PAGE,
			startingAfter: query.starting_after,
			endingBefore: query.ending_before,
		}),
		previewFailedJobs(db, { queue, shown: FAILED_SHOWN }),
	])
	if (!figures) return null
	return {
		figures,
		series: points
			.map((point) => ({
				at: point.capturedOn.getTime(),
				ready: point.readyCount,
				completed: point.completedDelta ?? 0,
				failed: point.failedDelta ?? 0,
			}))
			.sort((a, b) => a.at - b.at),
		jobs: page.rows.map((row) => toJobView(row)),
		hasMore: page.hasMore,
		state,
		place: {
			...(query.starting_after && { starting_after: query.starting_after }),
			...(query.ending_before && { ending_before: query.ending_before }),
		},
		failed: { count: failed.count, oldest: failed.oldest.map((row) => toJobView(row)) },
		readAt: now,
	}
}
