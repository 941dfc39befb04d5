import { mkdir, readFile, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { locatePostgres } from './local-postgres/binaries.ts'
import { prepareDataDirectory, SUPERUSER } from './local-postgres/data-directory.ts'
import { leashToThisProcess } from './local-postgres/leash.ts'
import { claimPort, portTaken } from './local-postgres/port.ts'
import { claimDataDirectory, clearPreviousServer } from './local-postgres/previous-server.ts'
import { chooseServiceAccount } from './local-postgres/service-account.ts'

/** Role and database of the application: no superuser, but may create databases and the role the app acts as. */
const APPLICATION = 'tillhouse'
const SETTINGS = [
	'max_connections=200',
	'shared_buffers=128MB',
	'jit=off',
	'timezone=UTC',
	'log_timezone=UTC',
]
const DISPOSABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export type LocalPostgres = { url: string; adminUrl: string; port: number; stop(): Promise<void> }

type Options = {
	dataDir: string
	/** 0 picks a free one. */
	port: number
	/** False trades the data's life for speed: for tests only. */
	durable: boolean
	log?: (message: string) => void
}

export async function startLocalPostgres(options: Options): Promise<LocalPostgres> {
	const { durable, log = () => {} } = options
	const binaries = await locatePostgres()
	const dataDir = await canonical(options.dataDir)
	const account = await chooseServiceAccount(dataDir, binaries.postgres)

	const password = await prepareDataDirectory({ binaries, account }, { dataDir, durable })
	await clearPreviousServer(dataDir)
	const port = await claimPort(options.port)

	const serverLog = join(dataDir, 'server.log')
	const settings = [...SETTINGS, ...(durable ? [] : DISPOSABLE), 'listen_addresses=127.0.0.1', `port=${port}`]
	const switches = [...settings, 'unix_socket_directories='].map((setting) => `-c ${setting}`).join(' ')
	await rm(serverLog, { force: true })
	await account
		.run(binaries.pgCtl, ['start', '-w', '-t', '60', '-D', dataDir, '-l', serverLog, '-o', switches])
		.catch(async (cause: unknown) => {
			const tail = await readFile(serverLog, 'utf8').catch(() => '')
			if (tail.includes('Address already in use')) throw portTaken(port, cause)
			throw new Error(`PostgreSQL did not start in ${dataDir}:\n${tail.slice(-2000)}`, { cause })
		})
	const leash = await leashToThisProcess(account, dataDir)
	await claimDataDirectory(dataDir)

	const address = (role: string, database: string) =>
		`postgres://${role}:${password}@127.0.0.1:${port}/${database}`
	const adminUrl = address(SUPERUSER, 'postgres')
	await ensureApplicationDatabase(adminUrl, password).catch(async (error: unknown) => {
		await leash.release()
		throw error
	})
	log(`PostgreSQL listens on 127.0.0.1:${port}, data in ${dataDir}`)
	return { url: address(APPLICATION, APPLICATION), adminUrl, port, stop: () => leash.release() }
}

/** The server reports its directory without symlinks, and we compare with what it reports. */
async function canonical(dataDir: string): Promise<string> {
	const parent = dirname(resolve(dataDir))
	await mkdir(parent, { recursive: true })
	return join(await realpath(parent), basename(dataDir))
}

async function ensureApplicationDatabase(adminUrl: string, password: string): Promise<void> {
	const client = new pg.Client({ connectionString: adminUrl })
	await client.connect()
	try {
		const role = await client.query('select from pg_roles where rolname = $1', [APPLICATION])
		if (role.rowCount === 0) {
			const literal = client.escapeLiteral(password)
			await client.query(`create role ${APPLICATION} login createdb createrole password ${literal}`)
		} else {
			await client.query(`alter role ${APPLICATION} createrole`)
		}
		const database = await client.query('select from pg_database where datname = $1', [APPLICATION])
		if (database.rowCount === 0) await client.query(`create database ${APPLICATION} owner ${APPLICATION}`)
	} finally {
		await client.end()
	}
}
