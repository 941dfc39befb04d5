import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startLocalPostgres, type LocalPostgres } from '#db/local-postgres.ts'
import { createTestFolder, type TestFolder } from '#tests/support/test-folder.ts'

let folder: TestFolder
let dataDir: string
let server: LocalPostgres

const start = (port = 0) => startLocalPostgres({ dataDir, port, durable: false })

async function answer(url: string, sql: string): Promise<unknown> {
	const client = new pg.Client({ connectionString: url })
	await client.connect()
	try {
		return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
	} finally {
		await client.end()
	}
}

const postmasterPid = async () => Number.parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'), 10)

async function goneFrom(url: string): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		const open = await answer(url, 'select 1').then(
			() => true,
			() => false,
		)
		if (!open) return
		await sleep(20)
	}
	throw new Error('the server still answers')
}

beforeAll(async () => {
	folder = await createTestFolder()
	dataDir = join(folder.path, 'postgres')
})

beforeEach(async () => {
	server = await start()
	return () => server.stop()
})

afterAll(() => folder.remove())

test('the application role owns its database and is no superuser', async () => {
	expect(await answer(server.url, 'select current_user::text')).toBe('tillhouse')
	expect(await answer(server.url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false)
	expect(await answer(server.adminUrl, 'select rolsuper from pg_roles where rolname = current_user')).toBe(
		true,
	)
})

test('a wrong password is refused over TCP', async () => {
	const wrong = server.url.replace(/:[^:@]+@/, ':wrong@')
	await expect(answer(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('data survive a stop and a start', async () => {
	await answer(server.url, 'create table if not exists kept as select 7 as n')
	await server.stop()
	server = await start()
	expect(await answer(server.url, 'select n from kept')).toBe(7)
})

test('the lock of a postmaster killed with SIGKILL does not stand in the way', async () => {
	process.kill(await postmasterPid(), 'SIGKILL')
	server = await start()
	expect(await answer(server.url, 'select 1')).toBe(1)
})

test('backends that outlive their postmaster do not stand in the way', async () => {
	const busy = new pg.Client({ connectionString: server.url })
	busy.on('error', () => {})
	await busy.connect()
	const endless = busy.query('select count(*) from generate_series(1, 10000000000)').catch(() => 'cut off')
	await sleep(50)
	process.kill(await postmasterPid(), 'SIGKILL')
	server = await start()
	expect(await answer(server.url, 'select 1')).toBe(1)
	expect(await endless).toBe('cut off')
})

test('a data directory in use by a live process is left alone', async () => {
	await expect(start()).rejects.toThrow(`is in use by process ${process.pid}`)
	expect(await answer(server.url, 'select 1')).toBe(1)
})

test('a taken port is named together with the way out', async () => {
	const taken = server.port
	await expect(
		startLocalPostgres({ dataDir: join(folder.path, 'second'), port: taken, durable: false }),
	).rejects.toThrow(`Port ${taken} for PostgreSQL is taken. Choose another: PGPORT=${taken + 1}`)
})

test('stopping twice is the same as stopping once', async () => {
	await Promise.all([server.stop(), server.stop()])
	await goneFrom(server.url)
})
