import { ANONYMOUS_PER_MINUTE } from '../../domain/access/request-limits.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { NETWORK, type ApiLimits, type Counted, type Quota } from './api-limits.server.ts'
import { networkOf } from './network.server.ts'

/** Where an answer finds what its request was counted as. */
export type QuotaNote = { counted?: Counted }

export const anonymousQuota = (clientIp: string): Quota => ({
	id: `${NETWORK}${networkOf(clientIp)}`,
	perMinute: ANONYMOUS_PER_MINUTE,
})

/** Counts the request; throws `too_many_requests` (429) for one too many. */
export async function countRequest(limits: ApiLimits, quota: Quota, note: QuotaNote): Promise<void> {
	const counted = await limits.count(quota)
	note.counted = counted
	if (!counted.isOver) return
	const message = `More than ${quota.perMinute} requests in a minute. Nothing was done. Try again in ${counted.resetSeconds} seconds.`
	throw new DomainError('rate_limited', 'too_many_requests', message, {
		retryAfterSeconds: counted.resetSeconds,
	})
}

/** The `RateLimit` fields of the IETF's draft; an answer about another limit keeps its own. */
export function withQuota(response: Response, { counted }: QuotaNote): Response {
	if (!counted || (response.headers.has('ratelimit') && !counted.isOver)) return response
	response.headers.set('ratelimit-policy', `"api";q=${counted.perMinute};w=60`)
	response.headers.set('ratelimit', `"api";r=${counted.remaining};t=${counted.resetSeconds}`)
	return response
}
