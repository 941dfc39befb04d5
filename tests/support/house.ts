import { randomBytes, randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { parseEnv, type Env } from '#app/config/env.server.ts'
import { compose, type Composed, type RequestContext, type WorldServices } from '#app/compose.server.ts'
import { TYPES } from '#db/client.ts'
import { seedDemo, type SeededDemo } from '#db/seed.ts'
import type { DB } from '#db/schema.ts'
import { startWorker } from '#jobs/worker.ts'
import type { Gateways } from '#app/domain/gateways/ports.ts'
import { createGateways } from '#app/gateways/gateways.server.ts'
import { createTestDatabase } from './database.ts'
import { openDoors } from './doors.ts'
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.ts'

export const WEBHOOK_SECRET = 'whsec_test_0123456789abcdef'

export type Answer = { status: number; body: Record<string, unknown>; text: string; headers: Headers }

export type House = {
	/** What each request is given: the rows come with the merchant. */
	composed: Composed
	/** What sees every merchant's rows, as jobs do. */
	services: WorldServices
	/** The database as its owner sees it: may do what the app itself must not. */
	owner: Kysely<DB>
	/** The database itself, whatever stands between it and the app. */
	databaseUrl: string
	baseUrl: string
	sandbox: SandboxProcess
	demo: SeededDemo
	/** A call of the API with the demo's secret key; `headers` may replace it. */
	call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
	close(): Promise<void>
}

export type HouseOptions = {
	/** Off: nothing is screened or charged until the test says so. */
	worker?: boolean
	/** Whether the sandbox delivers its webhooks to this house. */
	webhooks?: boolean
	sandbox?: Record<string, string>
	/** One more instance of that house: its database, gateway and keys, but pools, feed and port of its own. */
	beside?: House
	/** Settings of the app beyond those every house has. */
	settings?: Record<string, string>
	/** Whether tries to pay are counted: tests pay from one address all day. */
	limits?: boolean
	/** Where the next request seems to come from. */
	clientIp?: () => string
	/** How the app reaches its database when not directly: the address of a proxy in front of it. */
	proxied?: (databaseUrl: string) => Promise<string>
	/** Gateways beside or instead of those the settings name. */
	gateways?: (env: Env) => Gateways
	/** The same for live money. */
	liveGateways?: (env: Env) => Gateways
}

/** One for all, so that houses beside each other read the same secrets. */
const VAULT_KEYS = `test:${randomBytes(32).toString('base64')}`

type Ground = { databaseUrl: string; demo: SeededDemo; clear(): Promise<void> }

/** A database of its own with the demo merchant in it, or the one of the house beside. */
async function groundOf(beside: House | undefined): Promise<Ground> {
	if (beside) return { databaseUrl: beside.databaseUrl, demo: beside.demo, clear: async () => {} }
	const database = await createTestDatabase()
	return {
		databaseUrl: database.url,
		demo: await seedDemo(database.url, randomUUID()),
		clear: () => database.drop(),
	}
}

const webhooksTo = (baseUrl: string) => ({
	SANDBOX_WEBHOOK_URL: `${baseUrl}/api/webhooks/stripe`,
	SANDBOX_PAYPAL_WEBHOOK_URL: `${baseUrl}/api/webhooks/paypal`,
	SANDBOX_WEBHOOK_SECRET: WEBHOOK_SECRET,
})

/** A whole Tillhouse on a database of its own: API on a port, worker, sandbox gateway. Close it in afterAll. */
export async function openHouse({
	worker = true,
	webhooks = true,
	sandbox: variables = {},
	beside,
	settings = {},
	limits = false,
	clientIp = () => '127.0.0.1',
	proxied = async (databaseUrl) => databaseUrl,
	gateways = createGateways,
	liveGateways = (env) => createGateways(env, 'live'),
}: HouseOptions = {}): Promise<House> {
	const { databaseUrl, demo, clear } = await groundOf(beside)
	// The doors open first: the gateway must know where its webhooks go before the house is composed.
	const composed: { services?: Composed } = {}
	const doors = await openDoors((clientGone): RequestContext => {
		const { services } = composed
		if (!services) throw new Error('the house is not open yet')
		return { services, requestId: `req_${randomUUID()}`, nonce: '', clientIp: clientIp(), clientGone }
	})
	const sandbox =
		beside?.sandbox ??
		(await startSandboxProcess({ ...(webhooks && webhooksTo(doors.baseUrl)), ...variables }))
	const env = parseEnv({
		NODE_ENV: 'test',
		DATABASE_URL: await proxied(databaseUrl),
		BASE_URL: doors.baseUrl,
		SANDBOX_URL: sandbox.url,
		STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
		VAULT_KEYS,
		LOG_LEVEL: 'silent',
		// No test depends on what the ECB publishes today.
		CARD_TESTING_LIMITS: limits ? '1' : '0',
		API_RATE_LIMITS: limits ? '1' : '0',
		FX_RATES_URL: 'off',
		...settings,
	})
	const everything = await compose(env, { test: gateways(env), live: liveGateways(env) })
	composed.services = everything
	const services = everything.acrossMerchants
	const ownerPool = new pg.Pool({
		connectionString: databaseUrl,
		max: 2,
		options: '-c app.merchant_id=*',
		types: TYPES,
	})
	// The database is dropped under connections that are still closing.
	ownerPool.on('error', () => undefined)
	const owner = new Kysely<DB>({ dialect: new PostgresDialect({ pool: ownerPool }) })
	const working = worker ? await startWorker(everything) : null

	return {
		composed: everything,
		services,
		owner,
		databaseUrl,
		baseUrl: doors.baseUrl,
		sandbox,
		demo,
		async call(method, path, body, headers = {}) {
			const text = typeof body === 'string' ? body : JSON.stringify(body)
			const response = await fetch(doors.baseUrl + path, {
				method,
				headers: {
					authorization: `Bearer ${demo.secretKey}`,
					...(body !== undefined && { 'content-type': 'application/json' }),
					...headers,
				},
				...(body !== undefined && { body: text }),
			})
			const answer = await response.text()
			const parsed = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : {}
			return { status: response.status, body: parsed, text: answer, headers: response.headers }
		},
		async close() {
			if (!beside) await sandbox.stop()
			await doors.close()
			await working?.stop()
			await services.close()
			await owner.destroy()
			await clear()
		},
	}
}
