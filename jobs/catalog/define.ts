import type { z } from 'zod'

/** How a queue retries and when a job counts as lost. Times in seconds. */
export type QueuePolicy = {
	retryLimit: number
	retryDelay: number
	retryBackoff: boolean
	/** The backoff grows no further: a job that outlived several crashes must not sleep for minutes. */
	retryDelayMax?: number
	/** Above the gateway's time-out, or a slow answer is taken for a dead worker. */
	expireInSeconds: number
	/** A worker killed without a word is noticed after this and the monitor interval. */
	heartbeatSeconds: number
	/** A table of its own: fetching stays fast while other queues fill. Cannot be changed later. */
	partition: boolean
}

export type JobDefinition<Name extends string, Payload extends z.ZodType> = {
	readonly name: Name
	readonly payload: Payload
	readonly queue: QueuePolicy
	/** When it runs by itself, as cron in UTC, with this payload. */
	readonly round?: { readonly cron: string; readonly payload: z.input<Payload> & object }
}

export const EVERY_MINUTE = '* * * * *'

export const defineJob = <const Name extends string, Payload extends z.ZodType>(
	job: JobDefinition<Name, Payload>,
): JobDefinition<Name, Payload> => job

export type AnyJob = JobDefinition<string, z.ZodType>
