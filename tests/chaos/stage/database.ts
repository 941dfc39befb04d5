import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { startLocalPostgres, type LocalPostgres } from '#db/local-postgres.ts'
import { migrateToLatest } from '#db/migrate.ts'
import type { DB } from '#db/schema.ts'
import { seedDemo, type SeededDemo } from '#db/seed.ts'

export type ChaosDatabase = {
	port: number
	demo: SeededDemo
	/** The same database behind another port. */
	urlAt(port: number): string
	/** The owner's own connection, past the proxies, seeing every merchant. */
	owner: Kysely<DB>
	pool: pg.Pool
	/** Immediate shutdown: no checkpoint, no goodbye. Resolves when no process of the server is left. */
	crash(): Promise<void>
	/** Resolves when the server takes connections again. */
	start(): Promise<void>
	close(): Promise<void>
}

const GONE_MS = 10_000

async function postmasterPid(dataDir: string): Promise<number> {
	const [pid = ''] = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')
	return Number.parseInt(pid, 10)
}

async function gone(pid: number): Promise<void> {
	for (const deadline = performance.now() + GONE_MS; performance.now() < deadline; await sleep(10)) {
		try {
			process.kill(pid, 0)
		} catch {
			return
		}
	}
	throw new Error(`PostgreSQL (process ${pid}) did not go away after an immediate shutdown.`)
}

/** A durable PostgreSQL with the newest tables and the demo merchant: what it acknowledged must survive its crash. */
export async function openChaosDatabase(folder: string, seed: number): Promise<ChaosDatabase> {
	const dataDir = join(folder, 'postgres')
	let server: LocalPostgres = await startLocalPostgres({ dataDir, port: 0, durable: true })
	const { port, url } = server
	try {
		await migrateToLatest(url)
		const demo = await seedDemo(url, `chaos ${seed}`)
		const pool = new pg.Pool({
			connectionString: url,
			max: 3,
			application_name: 'chaos',
			options: '-c app.merchant_id=*',
			connectionTimeoutMillis: 5_000,
		})
		pool.on('error', () => undefined)
		pool.on('connect', (client) => client.on('error', () => undefined))
		return {
			port,
			demo,
			pool,
			owner: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
			urlAt(other) {
				const address = new URL(url)
				address.port = String(other)
				return address.href
			},
			async crash() {
				const pid = await postmasterPid(dataDir)
				process.kill(pid, 'SIGQUIT')
				await gone(pid)
			},
			async start() {
				await server.stop() // its leash only: the server itself is gone
				server = await startLocalPostgres({ dataDir, port, durable: true })
			},
			async close() {
				await pool.end()
				await server.stop()
			},
		}
	} catch (error) {
		await server.stop()
		throw error
	}
}
