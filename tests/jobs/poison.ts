import type { PgBoss } from 'pg-boss'
import { z } from 'zod'
import { defineJob } from '#jobs/catalog/define.ts'
import { DEAD_LETTERS } from '#jobs/catalog/queues.ts'
import { handles } from '#jobs/handlers/handles.ts'
import { startOverlappingWorker, type Worker } from '#jobs/overlapping-worker.ts'

/** A queue of poison: two tries, one second to end in. */
export async function openPoisonQueue(boss: PgBoss, name: string): Promise<void> {
	await boss.createQueue(name, {
		retryLimit: 1,
		retryDelay: 0,
		expireInSeconds: 1,
		heartbeatSeconds: 10,
		deadLetter: DEAD_LETTERS,
	})
}

const MEGABYTE = 'x'.repeat(1_000_000)

/** What can go wrong inside a job, short of ending the process. */
export const POISONS: Readonly<Record<string, () => Promise<'done'>>> = {
	throws: () => Promise.reject(new Error('poison')),
	'throws at once': () => {
		throw new Error('poison, at once')
	},
	'throws a text': () => Promise.reject('poison' as unknown as Error),
	'throws nothing': () => Promise.reject(undefined as unknown as Error),
	'throws what cannot be told': () => Promise.reject(Object.create(null) as Error),
	'throws NUL': () => Promise.reject(new Error('poi\u0000son')),
	'never ends': () => new Promise(() => {}),
	'fails with a flood': () => Promise.reject(new Error(MEGABYTE)),
	'answers with a flood': () =>
		Promise.resolve(MEGABYTE as 'done').then(() => Promise.reject(new Error(MEGABYTE))),
}

export const poisonJob = (name: string) =>
	defineJob({
		name,
		payload: z.object({ poison: z.string(), version: z.literal(1).default(1) }),
		queue: {
			retryLimit: 1,
			retryDelay: 0,
			retryBackoff: false,
			expireInSeconds: 1,
			heartbeatSeconds: 10,
			partition: false,
		},
	})

type Deps = { boss: PgBoss }

function workOn({ boss }: Deps, queue: string, run: (poison: string) => Promise<'done'>): Worker {
	const handler = handles(poisonJob(queue), (_deps: object, { poison }) => run(poison))
	return startOverlappingWorker({
		boss,
		queue,
		most: 4,
		pollMs: 50,
		isPaused: () => false,
		heartbeatMs: 2_000,
		run: (fetched) => handler.run({}, fetched.job.data, fetched),
		onError: () => undefined,
	})
}

export const poisoned = (deps: Deps, queue: string): Worker =>
	workOn(deps, queue, (poison) => POISONS[poison]?.() ?? Promise.resolve('done'))

export const lethal = (deps: Deps, queue: string): Worker =>
	workOn(deps, queue, (poison) => {
		if (poison === 'kills the process') process.kill(process.pid, 'SIGKILL')
		return Promise.resolve('done')
	})
