import { once } from 'node:events'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isUnavailable, problemResponse } from '#app/http/problem.server.ts'
import { awaitDatabase } from '#db/await-database.ts'
import { createDatabase, createPool, HeardClient, inTransaction } from '#db/client.ts'
import { createTestDatabase } from '#tests/support/database.ts'
import { startTcpProxy } from '#tests/support/tcp-proxy.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
	database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a connection lost in the middle of a transaction is a 503, not the end of the process', async () => {
	const owner = new pg.Client({ connectionString: database.url })
	await owner.connect()
	const pool = createPool({
		url: database.url,
		max: 1,
		applicationName: 'lost',
		sees: 'every merchant',
		onError: () => undefined,
	})
	const [client] = (await Promise.all([once(pool, 'connect'), pool.query('select 1')]))[0] as [pg.Client]
	const db = createDatabase(pool)
	const failure = await inTransaction(db, async (tx) => {
		const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
		// Nothing is asked at this moment, so nothing but the event tells of the loss.
		const lost = new Promise<void>((resolve) => client.on('end', () => resolve()))
		await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
		await lost
		await sql`select 1`.execute(tx)
	}).then(
		() => undefined,
		(error: unknown) => error,
	)
	const answer = problemResponse(failure, 'req_1', () => undefined)
	expect(answer.status).toBe(503)
	expect(answer.headers.get('retry-after')).toBe('2')
	const again = await inTransaction(db, (tx) => sql<{ one: number }>`select 1 as one`.execute(tx))
	expect(again.rows).toEqual([{ one: 1 }])
	await pool.end()
	await owner.end()
})

test('a client of the queue that is lost while in use, told of twice, does not end the process', async () => {
	const owner = new pg.Client({ connectionString: database.url })
	await owner.connect()
	const pool = new pg.Pool({ connectionString: database.url, max: 1, Client: HeardClient } as pg.PoolConfig)
	pool.on('error', () => undefined)
	const client = await pool.connect()
	const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
	const lost = new Promise<void>((resolve) => client.on('end', () => resolve()))
	await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
	await lost
	await expect(client.query('select 1')).rejects.toThrow()
	client.release(true)
	expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
	await pool.end()
	await owner.end()
})

test('an app that starts before its database waits for it, and only as long as waiting can help', async () => {
	const { hostname: host, port, pathname } = new URL(database.url)
	const wire = await startTcpProxy({ host, port: Number(port) })
	const { port: proxied } = wire
	await wire.goAway()
	const away = new URL(database.url)
	away.port = String(proxied)
	const pool = createPool({
		url: away.href,
		max: 1,
		applicationName: 'early',
		sees: 'every merchant',
		onError: () => undefined,
	})
	let refused = 0
	const started = awaitDatabase(pool, 30_000, (error) => {
		refused += 1
		if (refused === 2) void wire.comeBack()
		return isUnavailable(error)
	})
	await started
	expect(refused).toBeGreaterThanOrEqual(2)
	await pool.end()
	await wire.close()

	away.port = port
	away.pathname = `${pathname}_missing`
	const wrong = createPool({
		url: away.href,
		max: 1,
		applicationName: 'wrong',
		sees: 'every merchant',
		onError: () => undefined,
	})
	await expect(awaitDatabase(wrong, 30_000, isUnavailable)).rejects.toThrow('does not exist')
	await wrong.end()
})
