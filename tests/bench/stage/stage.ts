import pg from 'pg'
import { AS_APP_ACROSS_MERCHANTS } from '#db/client.ts'
import { startAppProgram, startSandboxProgram } from '#tests/support/programs.ts'
import { createRunFolder } from '#tests/support/run-folder.ts'
import { startCpuClock, type CpuClock } from './cpu.ts'
import { startBenchDatabase, type BenchDatabase } from './database.ts'

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
		const folder = opened(await createRunFolder('bench'), (part) => part.remove())
		const database = opened(await startBenchDatabase(folder.path, profile !== undefined), (part) =>
			part.stop(),
		)
		const sandbox = opened(await startSandboxProgram(), (part) => part.stop())
		const app = opened(
			await startAppProgram({
				databaseUrl: database.url,
				sandboxUrl: sandbox.url,
				output: 'shown',
				...(profile && { variables: { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } }),
			}),
			(part) => part.stop(),
		)
		const pool = opened(
			new pg.Pool({
				connectionString: database.url,
				max: 1,
				application_name: 'bench',
				options: AS_APP_ACROSS_MERCHANTS,
			}),
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
