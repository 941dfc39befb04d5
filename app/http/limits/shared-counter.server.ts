import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { counterClient } from './counter-client.server.ts'

type Window = { name: string; most: number; seconds: number }
type More = Partial<ConstructorParameters<typeof RateLimiterPostgres>[0]>

/** A window that all instances count together; while their table is out of reach, each counts by itself. */
export function sharedCounter(
	storeClient: ReturnType<typeof counterClient>,
	{ name, most, seconds }: Window,
	more: More = {},
): RateLimiterPostgres {
	const limit = { keyPrefix: name, points: most, duration: seconds }
	return new RateLimiterPostgres({
		...limit,
		storeClient,
		storeType: 'pool',
		tableName: 'request_counters',
		tableCreated: true,
		clearExpiredByTimeout: false,
		insuranceLimiter: new RateLimiterMemory(limit),
		...more,
	})
}

/** Seconds to wait by the strictest of the counts, or null. Throws when something could not be counted. */
export async function longestWait(counts: readonly Promise<unknown>[]): Promise<number | null> {
	const counted = await Promise.allSettled(counts)
	const refusals = counted.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []))
	if (refusals.length === 0) return null
	if (!refusals.every((refusal) => refusal instanceof RateLimiterRes))
		throw new Error('tries cannot be counted', { cause: refusals })
	return Math.max(1, ...refusals.map(({ msBeforeNext }) => Math.ceil(msBeforeNext / 1_000)))
}
