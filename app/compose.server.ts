import { EventEmitter } from 'node:events'
import { open as openMmdb, type CountryResponse } from 'maxmind'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { createRequire } from 'node:module'
import { awaitDatabase } from '#db/await-database.ts'
import { createDatabase, createPool, HeardClient } from '#db/client.ts'
import { createMerchantDatabases } from '#db/merchant-database.ts'
import { inspectDatabase } from '#db/inspect-database.ts'
import { keepMail } from '#db/queries/local-mailbox.ts'
import { logsInAsOwner } from '#db/queries/log-in-role.ts'
import { readGatewayHealth } from '#db/queries/gateway-health.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { DB } from '#db/schema.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { operateOnPayment, processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { runReconciliation } from '#jobs/catalog/reconciliation.ts'
import { createCompleteJobs, createEnqueue } from '#jobs/enqueue.ts'
import { createBatchLane } from './commands/batch-lane.server.ts'
import { createFraudMemory } from './commands/fraud/fraud-memory.server.ts'
import { createRates } from './commands/fx/current-rates.server.ts'
import { acceptPayments, type Acceptance, type Accepted } from './commands/payments/accept-payments.server.ts'
import { screenPayments, type Screened, type Screening } from './commands/payments/screen-payments.server.ts'
import { settleOutcomes, type Settled, type Settlement } from './commands/payments/settle-outcomes.server.ts'
import { createSigningKeys } from './commands/tokens/signing-keys.server.ts'
import { createRoutingMemory } from './commands/routing/routing-memory.server.ts'
import type { Env } from './config/env.server.ts'
import { worldName, type WorldName } from './config/worlds.server.ts'
import type { Gateways } from './domain/gateways/ports.ts'
import { createHints } from './feed/hints.server.ts'
import { createLiveFeed } from './feed/live-feed.server.ts'
import { createWaits } from './feed/waits.server.ts'
import { fetchRates } from './gateways/ecb/fetch-rates.server.ts'
import { shippedRates } from './gateways/ecb/snapshot.server.ts'
import { hashPassword, isPassword } from './passwords/argon2.server.ts'
import { createGateways } from './gateways/gateways.server.ts'
import { createApiKeys } from './http/api-key.server.ts'
import { createApiLimits, NO_API_LIMITS } from './http/limits/api-limits.server.ts'
import { createFactorTries } from './http/limits/factor-tries.server.ts'
import { createPeopleLimits } from './http/limits/people-limits.server.ts'
import { createTryLimits, NO_TRY_LIMITS } from './http/limits/try-limits.server.ts'
import { isUnavailable } from './http/problem.server.ts'
import { createGoogle } from './gateways/google/google.server.ts'
import { createSmtpPost } from './mail/smtp.server.ts'
import { actIn, actInNone } from './telemetry/acting-request.server.ts'
import { createLogger } from './telemetry/logger.server.ts'
import { createKeyRing } from './vault/key-ring.server.ts'
import { createPayers } from './vault/payers.server.ts'
import { createVault } from './vault/vault.server.ts'

/** Everything that is built once, before anybody has said whose rows are asked for: it has no `db`. */
export type Composed = Awaited<ReturnType<typeof compose>>

/** The same in one world and with a `db`: the `Deps` of every command and presenter. */
export type Services = ReturnType<Composed['forMerchant']>

/** The same across the merchants of a world, as jobs have it. */
export type WorldServices = ReturnType<Composed['inWorld']>

/** What every handler, loader and action is given. */
export type RequestContext = {
	services: Composed
	requestId: string
	/** For this page's inline scripts; never through a loader, where scripts could read it. */
	nonce: string
	clientIp: string
	/** Aborts when the client is gone. Never use `request.signal`: it forgets to after a garbage collection. */
	clientGone: AbortSignal
}

declare module '@remix-run/node' {
	interface AppLoadContext extends RequestContext {}
}

/** Set-based writes gather at most this many; larger statements gain nothing more. */
const TOGETHER = { most: 100, hitsAll: isUnavailable }

/** For connections beside the pool: a server that has gone silent is noticed by the next question. */
const NEVER_HANGS = { query_timeout: 10_000, keepAlive: true }
const STEADY_POOL = { ...NEVER_HANGS, Client: HeardClient }

/** A database that restarts beside us is back within seconds; longer is for whoever operates us to know. */
const START_PATIENCE_MS = 30_000

async function openCountryLookup(): Promise<(ip: string) => string | null> {
	const file = createRequire(import.meta.url).resolve(
		'@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
	)
	const reader = await openMmdb<CountryResponse & { country_code?: string }>(file)
	return (ip) => {
		const found = reader.get(ip)
		return found?.country_code ?? found?.country?.iso_code ?? null
	}
}

const gatewaysOfWorlds = (env: Env): Record<WorldName, Gateways> => ({
	test: createGateways(env, 'test'),
	live: createGateways(env, 'live'),
})

/** Builds everything once. */
export async function compose(env: Env, gateways: Record<WorldName, Gateways> = gatewaysOfWorlds(env)) {
	const logger = createLogger(env.log)
	const onError = (what: string) => (error: unknown) => logger.error({ err: error }, what)
	const clock = { now: () => new Date() }

	const { url } = env.database
	const max = env.database.webPoolSize
	const connections = { url, max, applicationName: 'tillhouse', onError: onError('database connection lost') }
	const pool = createPool({ ...connections, sees: 'every merchant' })
	const requestPool = createPool({ ...connections, sees: 'nobody' })
	const databases = createMerchantDatabases(requestPool)
	const db = createDatabase(pool)
	const boss = new PgBoss({
		connectionString: url,
		max: env.database.jobsPoolSize,
		application_name: 'tillhouse-jobs',
		connectionTimeoutMillis: 2_000,
		...STEADY_POOL,
		migrate: false,
		createSchema: false,
		// Both: a pass looks for dead workers only when the longer of the two is over.
		monitorIntervalSeconds: 10,
		superviseIntervalSeconds: 10,
		schedule: env.worker !== 'off',
		supervise: env.worker !== 'off',
		persistQueueStats: true,
	})
	boss.on('error', onError('queue error'))
	await awaitDatabase(pool, START_PATIENCE_MS, isUnavailable)
	await boss.start()
	if (env.mode === 'production' && !env.demo && (await logsInAsOwner(db)))
		logger.warn(
			{ kind: 'database' },
			'the log-in of the database owns its tables: give the app one of its own',
		)

	const queued = new EventEmitter<{ queues: [readonly string[]] }>()
	const ring = createKeyRing(env.vault)
	const payers = createPayers({ db, ring })
	const feed = createLiveFeed({ db, payers, onError: onError('live feed') })
	const wakeUp = (queues: readonly string[]) => {
		feed.hint()
		// What wakes up now acts for itself, whoever's request set it off.
		if (queues.length > 0) actInNone(() => queued.emit('queues', queues))
	}
	const hints = createHints({
		pool,
		connect: () =>
			new pg.Client({ connectionString: url, application_name: 'tillhouse-listen', ...NEVER_HANGS }),
		onHint: wakeUp,
		onError: onError('listening for hints'),
	})
	/** Called after each commit: our own readers and workers at once, other processes within 20 ms. */
	const committed = (queues: readonly string[]) => {
		wakeUp(queues)
		hints.send(queues)
	}

	const enqueue = createEnqueue(boss)
	const completeJobs = createCompleteJobs(boss)
	const wayBack = ({ checkout_session_id: sessionId, gateway }: PaymentRow) => {
		const page = sessionId ? `${env.http.baseUrl}/checkout/${sessionId}` : env.http.baseUrl
		return { returnUrl: page, cancelUrl: sessionId ? `${page}?canceled=${gateway}` : page }
	}
	const rates = createRates({ db, clock, shipped: () => shippedRates(clock) })
	const { cardTestingLimits } = env
	const withoutRows = {
		clock,
		enqueue,
		completeJobs,
		committed,
		payers,
		rates,
		wayBack,
		cardTestingLimits,
	}

	/** What touches money has everything of its world and nothing of the other: not even a batch is shared. */
	function openWorld(name: WorldName) {
		const livemode = name === 'live'
		const world = {
			livemode,
			gateways: gateways[name],
			routing: createRoutingMemory(livemode),
			fraud: createFraudMemory(livemode),
		}
		const write = { ...withoutRows, ...world, db }
		return {
			...world,
			/** How its gateways are reached. */
			connections: env.worlds[name],
			acceptLane: createBatchLane<Acceptance, Accepted>((items) => acceptPayments(write, items), {
				...TOGETHER,
				parallel: 2,
			}),
			screenLane: createBatchLane<Screening, Screened>((items) => screenPayments(write, items), TOGETHER),
			settleLane: createBatchLane<Settlement, Settled>((items) => settleOutcomes(write, items), TOGETHER),
			gatewayHealth: () => readGatewayHealth(db, livemode),
		}
	}
	const worlds = { test: openWorld('test'), live: openWorld('live') }

	const tryLimits = env.cardTestingLimits ? createTryLimits({ pool, db, logger, payers }) : NO_TRY_LIMITS

	const apiLimits = env.apiRateLimits
		? createApiLimits({
				db,
				payers,
				now: Date.now,
				onTrouble: (error) =>
					logger.warn(
						{ err: error },
						'API requests are counted by this instance alone: the table is out of reach',
					),
			})
		: NO_API_LIMITS

	const vault = createVault(ring)
	const signingKeys = createSigningKeys({ db, vault })

	const { mail } = env
	const postMail =
		mail.kind === 'smtp'
			? createSmtpPost(mail)
			: mail.kind === 'local'
				? (rendered: Parameters<typeof keepMail>[1]) => keepMail(db, rendered)
				: null

	await feed.start()
	await hints.start()

	const composed = {
		...withoutRows,
		env,
		logger,
		pool,
		requestPool,
		boss,
		feed,
		/** Null when they are never refreshed. */
		fetchRates: env.fx.ratesUrl === null ? null : () => fetchRates(env.fx.ratesUrl ?? '', clock),
		tryLimits,
		peopleLimits: createPeopleLimits({ pool, logger }),
		postMail,
		apiKeys: createApiKeys({ db, clock, onError: onError('reading an API key') }),
		apiLimits,
		signingKeys,
		/** Queues to wake after a change that asked for a gateway call. */
		jobs: {
			process: processPayment.name,
			operate: operateOnPayment.name,
			refund: sendRefund.name,
			reconcile: runReconciliation.name,
			dispute: sendDisputeAnswer.name,
		},
		countryOf: await openCountryLookup(),
		isPassword,
		hashPassword,
		factorTries: createFactorTries({ pool, logger }),
		/** The server runs every answer in it. */
		actIn,
		vault,
		google: env.google && createGoogle(env.google, { clock, logger }),
		inspect: () => inspectDatabase(url),
		onQueued(listener: (queues: readonly string[]) => void) {
			queued.on('queues', listener)
			return () => void queued.off('queues', listener)
		},
		async ready(): Promise<boolean> {
			await Promise.all([pool, requestPool].map((each) => each.query('select 1')))
			return true
		},
		async close(): Promise<void> {
			for (const { acceptLane, screenLane, settleLane } of Object.values(worlds))
				await Promise.all([acceptLane.idle(), screenLane.idle(), settleLane.idle()])
			await apiLimits.settled()
			await feed.stop()
			await hints.stop()
			await boss.stop({ graceful: true, timeout: 20_000, close: true })
			await Promise.all([pool.end(), requestPool.end()])
		},
	}
	const servicesOn = (rows: Kysely<DB>, name: WorldName) => ({
		...composed,
		...worlds[name],
		db: rows,
		...createWaits({ db: rows, feed }),
	})
	const across = (name: WorldName) => ({
		...servicesOn(db, name),
		/** Sees the rows of this world's merchants: for what goes through all of a gateway's books. */
		worldRows: databases.ofWorld(name),
	})
	const acrossWorlds = { test: across('test'), live: across('live') }
	return {
		...composed,
		/** Sees the rows of this merchant and no others. */
		forMerchant: (merchantId: string, livemode: boolean) =>
			servicesOn(databases.ofMerchant(merchantId), worldName(livemode)),
		/** Sees every merchant's rows, and reaches the gateways of one world: for jobs and messages. */
		inWorld: (livemode: boolean) => acrossWorlds[worldName(livemode)],
		/** The same in the test world: for finding out who asks, and for what reaches no gateway. */
		acrossMerchants: acrossWorlds.test,
	}
}
