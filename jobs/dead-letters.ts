import type { Kysely } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { reportDeadJob } from '#app/commands/attention/report-dead-job.server.ts'
import type { DB } from '#db/schema.ts'
import { DEAD_LETTERS } from './catalog/queues.ts'
import { lastWordsOf } from './last-words.ts'

type Services = {
	db: Kysely<DB>
	boss: PgBoss
	committed: (queues: readonly string[]) => void
	logger: { error: (fields: object, message: string) => void }
}

async function report(services: Services, job: JobWithMetadata<object>) {
	const { sourceName: queue, sourceId } = job
	try {
		await reportDeadJob(services, {
			id: sourceId ?? job.id,
			queue,
			payload: job.data,
			output: job.sourceOutput,
			tries: (job.sourceRetryCount ?? 0) + 1,
		})
		return { id: job.id, status: 'completed' as const }
	} catch (error) {
		services.logger.error({ err: error, queue, job: sourceId }, 'a dead job could not be reported yet')
		return { id: job.id, status: 'failed' as const, output: { message: lastWordsOf(error) } }
	}
}

/** Jobs that failed for good become items that a person must settle. One that cannot be told of holds back no other. */
export async function watchDeadLetters(services: Services): Promise<void> {
	const options = {
		batchSize: 10,
		burstWhenBatchFull: true,
		includeMetadata: true,
		perJobResults: true,
	} as const
	await services.boss.work(DEAD_LETTERS, options, async (jobs: JobWithMetadata<object>[]) => {
		const results = await Promise.all(jobs.map((job) => report(services, job)))
		services.committed([])
		return results
	})
}
