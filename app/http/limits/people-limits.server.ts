import { createHash } from 'node:crypto'
import type pg from 'pg'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { waitWords } from '../../domain/fraud/card-testing.ts'
import { payerAddress } from '../payer-address.server.ts'
import { counterClient } from './counter-client.server.ts'
import { networkOf } from './network.server.ts'
import { longestWait, sharedCounter } from './shared-counter.server.ts'

type Window = { most: number; seconds: number }

/**
 * The wait grows with the tries: a minute after five, ten after ten, an hour after twenty. By account and network
 * together, so that whoever tries from elsewhere never keeps the owner out.
 */
const LOG_IN: readonly Window[] = [
	{ most: 5, seconds: 60 },
	{ most: 10, seconds: 600 },
	{ most: 20, seconds: 3_600 },
]
/** One network trying many accounts. */
const NETWORK_LOG_IN: readonly Window[] = [{ most: 60, seconds: 600 }]
const SIGN_UP: readonly Window[] = [{ most: 10, seconds: 3_600 }]
/** Asking for a mail, and opening links. */
const ASK: readonly Window[] = [{ most: 20, seconds: 3_600 }]
const OPEN_LINK: readonly Window[] = [{ most: 60, seconds: 3_600 }]
/** What an authenticator is to sign is written down for anybody who asks, so one network asks so often only. */
const PASSKEY: readonly Window[] = [{ most: 120, seconds: 600 }]
/** Setting out and coming back count one each: both may ask Google, and the second may keep who came. */
const GOOGLE: readonly Window[] = [{ most: 120, seconds: 600 }]
/** Into one mailbox, whoever asks. Past it nothing more is sent, and the asker is told the same as ever. */
const MAILBOX: readonly Window[] = [{ most: 5, seconds: 3_600 }]

type Asked = 'sign_up' | 'ask' | 'open_link' | 'passkey' | 'google'

export type PeopleLimits = {
	/** Counts a try to log in before it is judged; throws 429. */
	countLogIn(email: string, clientIp: string): Promise<void>
	/** The password was right: the tries before it are forgiven. */
	forgiveLogIn(email: string, clientIp: string): Promise<void>
	count(asked: Asked, clientIp: string): Promise<void>
	mayMail(email: string): Promise<boolean>
}

type Deps = { pool: pg.Pool; logger: { warn: (fields: object, message: string) => void } }

/** Addresses are counted by their hash: the table is no list of who tried to log in. */
const nameOf = (email: string): string =>
	createHash('sha256').update(email.trim().toLowerCase()).digest('base64url').slice(0, 22)

/** Null for a private address: behind a proxy nobody configured, everybody would be stopped together. */
const networkIn = (clientIp: string): string | null => {
	const address = payerAddress(clientIp)
	return address === null ? null : networkOf(address)
}

/** Shared by all instances; while their table is out of reach, each counts by itself. */
export function createPeopleLimits({ pool, logger }: Deps): PeopleLimits {
	const storeClient = counterClient(pool, (error) =>
		logger.warn(
			{ err: error },
			'tries to sign in are counted by this instance alone: the table is out of reach',
		),
	)
	const counters = (name: string, windows: readonly Window[]) => {
		const limiters = windows.map(({ most, seconds }) =>
			sharedCounter(storeClient, { name: `${name}-${seconds}`, most, seconds }),
		)
		return {
			/** Seconds to wait, or null. */
			consume: (key: string) => longestWait(limiters.map((limiter) => limiter.consume(key))),
			forget: async (key: string) => void (await Promise.all(limiters.map((limiter) => limiter.delete(key)))),
		}
	}
	const logIns = counters('log-in', LOG_IN)
	const networks = counters('log-in-net', NETWORK_LOG_IN)
	const mailboxes = counters('mailbox', MAILBOX)
	const asks = {
		sign_up: counters('sign-up', SIGN_UP),
		ask: counters('ask', ASK),
		open_link: counters('link', OPEN_LINK),
		passkey: counters('passkey', PASSKEY),
		google: counters('google', GOOGLE),
	}
	const pairOf = (email: string, clientIp: string) => `${nameOf(email)}:${networkOf(clientIp)}`

	return {
		async countLogIn(email, clientIp) {
			const network = networkIn(clientIp)
			const waits = await Promise.all([
				logIns.consume(pairOf(email, clientIp)),
				network === null ? null : networks.consume(network),
			])
			refuse(Math.max(...waits.map((wait) => wait ?? 0)))
		},
		forgiveLogIn: (email, clientIp) => logIns.forget(pairOf(email, clientIp)),
		async count(asked, clientIp) {
			const network = networkIn(clientIp)
			if (network !== null) refuse((await asks[asked].consume(network)) ?? 0)
		},
		mayMail: async (email) => (await mailboxes.consume(nameOf(email))) === null,
	}
}

function refuse(seconds: number): void {
	if (seconds === 0) return
	const message = `There were too many tries. Wait ${waitWords(seconds)}, then try again.`
	throw new DomainError('rate_limited', 'too_many_attempts', message, {
		extra: { retry_after: String(seconds) },
		retryAfterSeconds: seconds,
	})
}
