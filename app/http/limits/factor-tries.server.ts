import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { waitWords } from '../../domain/fraud/card-testing.ts'
import { counterClient } from './counter-client.server.ts'

type Logger = { warn: (fields: object, message: string) => void }

/** Three of a million codes are right at any time: at this pace a guess takes decades. */
const TRIES = { keyPrefix: 'factor', points: 10, duration: 900 }

/** Only who has the password, or a session, gets this far: strangers cannot use up somebody's tries. */
export function createFactorTries({ pool, logger }: { pool: pg.Pool; logger: Logger }) {
	const limiter = new RateLimiterPostgres({
		...TRIES,
		storeClient: counterClient(pool, (error) =>
			logger.warn({ err: error }, 'tries of second factors are counted by this instance alone'),
		),
		storeType: 'pool',
		tableName: 'request_counters',
		tableCreated: true,
		clearExpiredByTimeout: false,
		insuranceLimiter: new RateLimiterMemory(TRIES),
	})
	return {
		async count(userId: string): Promise<void> {
			try {
				await limiter.consume(userId)
			} catch (refusal) {
				if (!(refusal instanceof RateLimiterRes)) throw refusal
				const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000))
				const message = `There were too many wrong tries. Try again in ${waitWords(seconds)}.`
				throw new DomainError('rate_limited', 'too_many_tries', message, { retryAfterSeconds: seconds })
			}
		},
		async clear(userId: string): Promise<void> {
			await limiter.delete(userId)
		},
	}
}
