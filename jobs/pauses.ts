import type { Kysely } from 'kysely'
import { readPauses } from '#db/queries/queue-pauses.ts'
import type { DB } from '#db/schema.ts'

const LOOK_MS = 1_000

type Deps = {
	db: Kysely<DB>
	logger: { error: (fields: object, message: string) => void }
}

export type Pauses = {
	/** Whether the queue was stopped at the last look, at most a second ago. */
	has(queue: string): boolean
	stop(): Promise<void>
}

/** Which queues a person has stopped: one statement a second for all of them. What was last known holds while nothing can be read. */
export async function watchPauses({ db, logger }: Deps): Promise<Pauses> {
	let paused: ReadonlySet<string> = new Set()
	let timer: NodeJS.Timeout | undefined
	let stopped = false
	let looking = Promise.resolve()

	async function look(): Promise<void> {
		try {
			paused = new Set((await readPauses(db)).map(({ queue }) => queue))
		} catch (error) {
			logger.error({ err: error }, 'reading which queues are stopped failed')
		}
		if (!stopped) timer = setTimeout(() => (looking = look()), LOOK_MS)
	}

	await look()
	return {
		has: (queue) => paused.has(queue),
		async stop() {
			stopped = true
			clearTimeout(timer)
			await looking
		},
	}
}
