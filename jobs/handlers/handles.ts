import { prettifyError, type z } from 'zod'
import type { FetchedJob } from '#jobs/enqueue.ts'
import type { AnyJob } from '#jobs/catalog/define.ts'
import { HopelessJob } from '#jobs/catalog/hopeless-job.ts'

/**
 * A job that calls a gateway: runs with no transaction open. A handler that settles its job in the commit of its
 * effects returns `completed`; otherwise the worker completes it afterwards.
 */
export type Handler<Deps> = {
	readonly job: AnyJob
	readonly world: World
	readonly run: (deps: Deps, payload: unknown, fetched: FetchedJob) => Promise<'completed' | 'done'>
}

/**
 * Which world's gateways a job needs: that of what one field of its payload names, or each in turn; a round whose field
 * is not filled goes through each as well. `any` asks no gateway.
 */
export type World = 'any' | 'each' | { readonly of: string; readonly isRound?: true }

export const handles = <J extends AnyJob, Deps>(
	job: J,
	run: (deps: Deps, payload: z.output<J['payload']>, fetched: FetchedJob) => Promise<'completed' | 'done'>,
	world: World = 'any',
): Handler<Deps> => ({
	job,
	world,
	run: async (deps, payload, fetched) => {
		const parsed = job.payload.safeParse(payload)
		if (!parsed.success) throw new HopelessJob(`This payload cannot be read: ${prettifyError(parsed.error)}`)
		return run(deps, parsed.data as z.output<J['payload']>, fetched)
	},
})
