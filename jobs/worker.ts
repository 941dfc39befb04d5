import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { ageInDays } from '#app/domain/fx/rate-table.ts'
import { inTransaction } from '#db/client.ts'
import { wasCheckedWithin } from '#db/queries/integrity.ts'
import type { DB } from '#db/schema.ts'
import { refreshRates } from './catalog/fx.ts'
import { verifyIntegrity } from './catalog/integrity.ts'
import { processPayment } from './catalog/payments.ts'
import { DEAD_LETTERS, JOBS } from './catalog/queues.ts'
import { applyWebhook } from './catalog/webhooks.ts'
import { watchDeadLetters } from './dead-letters.ts'
import type { Enqueue } from './enqueue.ts'
import type { Handler } from './handlers/handles.ts'
import { handlers } from './handlers/index.ts'
import { startOverlappingWorker, type Worker } from './overlapping-worker.ts'
import { watchPauses } from './pauses.ts'
import { runInWorld, type Worlds } from './run-in-world.ts'

type HandlerDeps = Parameters<(typeof handlers)[number]['run']>[0]
type UnionToIntersection<U> = (U extends unknown ? (deps: U) => void : never) extends (deps: infer I) => void
	? I
	: never

type Services = UnionToIntersection<HandlerDeps> & {
	db: Kysely<DB>
	boss: PgBoss
	enqueue: Enqueue
	logger: { error: (fields: object, message: string) => void }
	/** Tells the workers of this process which queues have something new. */
	onQueued: (listener: (queues: readonly string[]) => void) => () => void
}

/** Calls in flight at once: the hot queues overlap many, the others a few. */
const MOST_IN_HAND: Readonly<Record<string, number>> = { [processPayment.name]: 64, [applyWebhook.name]: 32 }
const FEW = 8
const STOP_MS = 20_000

const HOUR_SECONDS = 3_600

async function scheduleRounds(services: Services): Promise<void> {
	const { boss, db, enqueue, clock, rates, fetchRates } = services
	for (const { name, round } of JOBS) if (round) await boss.schedule(name, round.cron, round.payload)
	// A house that was away for an hour, or has just been built, is looked at now.
	if (!(await wasCheckedWithin(db, HOUR_SECONDS)))
		await inTransaction(db, (tx) => enqueue(tx, verifyIntegrity, [{}]))
	// Nor does it wait for the next round with yesterday's exchange rates.
	if (fetchRates !== null && ageInDays(await rates.current(), clock.now()) > 0)
		await inTransaction(db, (tx) => enqueue(tx, refreshRates, [{}]))
}

export async function startWorker(worlds: Worlds<Services>): Promise<{ stop(): Promise<void> }> {
	const services = worlds.acrossMerchants
	const { boss, logger } = services
	const pauses = await watchPauses(services)
	const workers = new Map<string, Worker>()
	for (const handler of handlers) {
		const { name, queue } = handler.job
		workers.set(
			name,
			startOverlappingWorker({
				boss,
				queue: name,
				most: MOST_IN_HAND[name] ?? FEW,
				pollMs: 1_000,
				heartbeatMs: (queue.heartbeatSeconds * 1_000) / 3,
				isPaused: () => pauses.has(name),
				run: (fetched) => runInWorld(handler as Handler<Services>, worlds, fetched),
				onError: (error, fetched) =>
					logger.error({ err: error, queue: name, job: fetched?.job.id }, 'job failed'),
			}),
		)
	}
	const forget = services.onQueued((queues) => {
		for (const queue of queues) workers.get(queue)?.wake()
	})
	// Whoever starts may be following a process that died, and may not live to the next regular look itself.
	boss.supervise().catch((error: unknown) => logger.error({ err: error }, 'looking for dead workers failed'))
	await watchDeadLetters(services)
	await scheduleRounds(services)

	return {
		async stop() {
			forget()
			await boss.offWork(DEAD_LETTERS)
			await Promise.all([...workers.values()].map((worker) => worker.stop(STOP_MS)))
			await pauses.stop()
		},
	}
}
