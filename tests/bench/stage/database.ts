import pg from 'pg'
import { join } from 'node:path'
import { startLocalPostgres, type LocalPostgres } from '#db/local-postgres.ts'
import { migrateToLatest } from '#db/migrate.ts'
import { seedDemo, type SeededDemo } from '#db/seed.ts'

export type BenchDatabase = {
	url: string
	adminUrl: string
	/** The same tables without our app: the ceiling is measured here. */
	ceilingUrl: string
	demo: SeededDemo
	postmasterPid: number
	stop(): Promise<void>
}

const CEILING = 'ceiling'

async function query<Row extends pg.QueryResultRow>(url: string, ...texts: string[]): Promise<Row[]> {
	const client = new pg.Client({ connectionString: url })
	await client.connect()
	try {
		let rows: Row[] = []
		for (const text of texts) rows = (await client.query<Row>(text)).rows
		return rows
	} finally {
		await client.end()
	}
}

const databaseOf = (url: string, name: string): string => {
	const other = new URL(url)
	other.pathname = `/${name}`
	return other.href
}

async function startWithStatements(dataDir: string): Promise<LocalPostgres> {
	const first = await startLocalPostgres({ dataDir, port: 0, durable: true })
	await query(
		first.adminUrl,
		`alter system set shared_preload_libraries = 'pg_stat_statements'`,
		`alter system set pg_stat_statements.track = 'all'`,
	)
	await first.stop()
	const second = await startLocalPostgres({ dataDir, port: 0, durable: true })
	await query(
		databaseOf(second.adminUrl, new URL(second.url).pathname.slice(1)),
		'create extension pg_stat_statements',
	)
	return second
}

/** A durable PostgreSQL with the newest tables and the demo merchant, twice: for the app and for the ceiling. */
export async function startBenchDatabase(folder: string, withStatements: boolean): Promise<BenchDatabase> {
	const dataDir = join(folder, 'postgres')
	const server = withStatements
		? await startWithStatements(dataDir)
		: await startLocalPostgres({ dataDir, port: 0, durable: true })
	try {
		await migrateToLatest(server.url)
		const demo = await seedDemo(server.url, 'bench')
		const name = new URL(server.url).pathname.slice(1)
		const owner = new URL(server.url).username
		const [parent] = await query<{ pid: number }>(
			server.adminUrl,
			`create database ${CEILING} template ${name} owner ${owner}`,
			`select split_part(pg_read_file('postmaster.pid', 0, 20), E'\\n', 1)::int as pid`,
		)
		return {
			url: server.url,
			adminUrl: server.adminUrl,
			ceilingUrl: databaseOf(server.url, CEILING),
			demo,
			postmasterPid: parent?.pid ?? 0,
			stop: () => server.stop(),
		}
	} catch (error) {
		await server.stop()
		throw error
	}
}
