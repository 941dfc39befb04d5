import pg from 'pg'
import { startCpuClock, type CpuClock } from './cpu.ts'
import { createBenchFolder } from './bench-folder.ts'
import { startBenchDatabase, type BenchDatabase } from './database.ts'
import { startBenchApp, startBenchSandbox } from './programs.ts'

export type Stage = {
	baseUrl: string
	secretKey: string
	merchantId: string
	database: BenchDatabase
	/** The bench's own connection: what it counts, it counts in the tables. */
	pool: pg.Pool
	cpu: CpuClock
	/** Rejects when the app or the sandbox ends although nobody asked it to. */
	died: Promise<never>
	close(): Promise<void>
}

/** Database, sandbox and app, each a process of its own. `close` stops and removes whatever was started. */
export async function openStage(signal: AbortSignal, profile: string | undefined): Promise<Stage> {
	const stops: (() => Promise<unknown>)[] = []
	const close = async () => {
		for (const stop of stops.splice(0).reverse()) await stop()
	}
	const opened = <T>(part: T, stop: (part: T) => Promise<unknown>): T => {
		stops.push(() => stop(part))
		signal.throwIfAborted()
		return part
	}
	try {
		const folder = opened(await createBenchFolder(), (part) => part.remove())
		const database = opened(await startBenchDatabase(folder.path, profile !== undefined), (part) =>
			part.stop(),
		)
		const sandbox = opened(await startBenchSandbox(), (part) => part.stop())
		const app = opened(await startBenchApp(database.url, sandbox.url, profile), (part) => part.stop())
		const pool = opened(
			new pg.Pool({ connectionString: database.url, max: 1, application_name: 'bench' }),
			(part) => part.end(),
		)
		pool.on('error', () => undefined)
		return {
			baseUrl: app.url,
			secretKey: database.demo.secretKey,
			merchantId: database.demo.merchantId,
			database,
			pool,
			cpu: startCpuClock({ app: app.pid, sandbox: sandbox.pid, postmaster: database.postmasterPid }),
			died: Promise.race([app.died, sandbox.died]),
			close,
		}
	} catch (error) {
		await close()
		throw error
	}
}
