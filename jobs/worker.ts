import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { inTransaction } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { markDead, merchantOfSubject } from '#db/queries/dead-letters.ts'
import type { DB } from '#db/schema.ts'
import { expirePayments, processPayment } from './catalog/payments.ts'
import { DEAD_LETTERS } from './catalog/queues.ts'
import { applyWebhook } from './catalog/webhooks.ts'
import { handlers } from './handlers/index.ts'
import { startOverlappingWorker, type Worker } from './overlapping-worker.ts'

type HandlerDeps = Parameters<(typeof handlers)[number]['run']>[0]
type UnionToIntersection<U> = (U extends unknown ? (deps: U) => void : never) extends (deps: infer I) => void
	? I
	: never

type Services = UnionToIntersection<HandlerDeps> & {
	db: Kysely<DB>
	boss: PgBoss
	logger: { error: (fields: object, message: string) => void }
	/** Tells the workers of this process which queues have something new. */
	onQueued: (listener: (queues: readonly string[]) => void) => () => void
}

/** Calls in flight at once: the hot queues overlap many, the others a few. */
const MOST_IN_HAND: Readonly<Record<string, number>> = { [processPayment.name]: 64, [applyWebhook.name]: 32 }
const FEW = 8
const STOP_MS = 20_000

/** Jobs that failed for good become items that a person must settle; nothing expires those. */
async function putBeforePerson(services: Services, payload: object): Promise<void> {
	const subject = Object.values(payload).find((value) => typeof value === 'string')
	if (subject === undefined) return
	await inTransaction(services.db, async (tx) => {
		await markDead(tx, subject)
		const merchantId = await merchantOfSubject(tx, subject)
		if (merchantId === undefined) return
		const detail = 'A job about this failed every time it was tried.'
		await openAttention(tx, [{ merchant_id: merchantId, kind: 'job_failed', subject_id: subject, detail }])
	})
}

export async function startWorker(services: Services): Promise<{ stop(): Promise<void> }> {
	const { boss, logger } = services
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
				run: (fetched) => handler.run(services, fetched.job.data, fetched),
				onError: (error, fetched) =>
					logger.error({ err: error, queue: name, job: fetched?.job.id }, 'job failed'),
			}),
		)
	}
	const forget = services.onQueued((queues) => {
		for (const queue of queues) workers.get(queue)?.wake()
	})
	await boss.work<object>(DEAD_LETTERS, { batchSize: 10, burstWhenBatchFull: true }, async (jobs) => {
		for (const job of jobs) await putBeforePerson(services, job.data)
	})
	await boss.schedule(expirePayments.name, '* * * * *', {})

	return {
		async stop() {
			forget()
			await boss.offWork(DEAD_LETTERS)
			await Promise.all([...workers.values()].map((worker) => worker.stop(STOP_MS)))
		},
	}
}
