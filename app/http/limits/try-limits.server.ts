import type { Kysely } from 'kysely'
import type pg from 'pg'
import { findKey, type KeyScope } from '#db/queries/idempotency.ts'
import type { DB } from '#db/schema.ts'
import { DomainError, isDomainError } from '../../domain/errors/domain-error.ts'
import { BLOCK_SECONDS, TRY_LIMITS, waitWords } from '../../domain/fraud/card-testing.ts'
import type { Payers } from '../../vault/payers.server.ts'
import { payerAddress } from '../payer-address.server.ts'
import { counterClient } from './counter-client.server.ts'
import { networkOf } from './network.server.ts'
import { createSameTries } from './same-tries.server.ts'
import { longestWait, sharedCounter } from './shared-counter.server.ts'

type Logger = { warn: (fields: object, message: string) => void }
type Deps = { pool: pg.Pool; db: Kysely<DB>; logger: Logger; payers: Pick<Payers, 'hash'> }

/** Who tries to pay. Addresses count by merchant: the API takes the word of one, which must not block another's payers. */
export type Tryer = { merchantId: string; sessionId: string | null; clientIp: string | null }

export type TryLimits = {
	/**
	 * Counts a try to pay; throws `too_many_tries` (429) for whoever tried too often. The same key again is the same
	 * try. Costs nothing without a session or address, else one round trip for the key and one for the counters,
	 * which go out together.
	 */
	count(tryer: Tryer | (() => Promise<Tryer>), key: KeyScope | null): Promise<void>
}

/** For load tools, which pay from one address all day. */
export const NO_TRY_LIMITS: TryLimits = { count: () => Promise.resolve() }

/** The table of counters holds no address. */
async function keysOf(
	{ merchantId, sessionId, clientIp }: Tryer,
	{ hash }: Deps['payers'],
): Promise<string[]> {
	const network = clientIp === null ? null : await hash(merchantId, 'network', networkOf(clientIp))
	return [
		...(sessionId === null ? [] : [`session:${sessionId}`]),
		...(network === null ? [] : [`ip:${merchantId}:${network}`]),
	]
}

/** The counters are shared by all instances; while their table is out of reach, each instance counts by itself. */
export function createTryLimits({ pool, db, logger, payers }: Deps): TryLimits {
	const storeClient = counterClient(pool, (error) =>
		logger.warn({ err: error }, 'tries to pay are counted by this instance alone: the table is out of reach'),
	)
	const limiters = TRY_LIMITS.map((window, index) =>
		sharedCounter(storeClient, window, {
			clearExpiredByTimeout: index === 0,
			blockDuration: BLOCK_SECONDS,
			// From the second refusal on the database is not asked again. The first one writes the block for all instances.
			inMemoryBlockOnConsumed: window.most + 2,
		}),
	)

	async function consume(keys: readonly string[]): Promise<void> {
		const wait = await longestWait(keys.flatMap((key) => limiters.map((limiter) => limiter.consume(key))))
		if (wait !== null) throw tooManyTries(wait)
	}

	/** Behind a proxy nobody configured, all shoppers come from its address: one blocks them all. */
	let hasWarned = false
	const warnOfProxy = (clientIp: string | null) => {
		if (hasWarned || clientIp === null || payerAddress(clientIp) !== null) return
		hasWarned = true
		logger.warn(
			{ clientIp },
			'a private address tried to pay too often and is blocked: if it is a proxy of yours, set TRUST_PROXY',
		)
	}

	const sameTries = createSameTries()
	return {
		async count(tryerOrRead, key) {
			const tryer = typeof tryerOrRead === 'function' ? await tryerOrRead() : tryerOrRead
			const keys = await keysOf(tryer, payers)
			if (keys.length === 0) return
			try {
				if (!key) return await consume(keys)
				await sameTries.once(`${key.merchantId} ${key.livemode} ${key.route} ${key.key}`, async () => {
					if (!(await findKey(db, key))) await consume(keys)
				})
			} catch (error) {
				if (isDomainError(error)) warnOfProxy(tryer.clientIp)
				throw error
			}
		},
	}
}

function tooManyTries(seconds: number): DomainError {
	const message = `There were too many tries to pay. Nothing was charged. Try again in ${waitWords(seconds)}.`
	return new DomainError('rate_limited', 'too_many_tries', message, {
		extra: { retry_after: String(seconds) },
		retryAfterSeconds: seconds,
	})
}
