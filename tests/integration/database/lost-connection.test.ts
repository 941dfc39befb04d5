import { once } from 'node:events'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemResponse } from '#app/http/problem.server.ts'
import { createDatabase, createPool, inTransaction } from '#db/client.ts'
import { createTestDatabase } from '#tests/support/database.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
	database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a connection lost in the middle of a transaction is a 503, not the end of the process', async () => {
	const owner = new pg.Client({ connectionString: database.url })
	await owner.connect()
	const pool = createPool({ url: database.url, max: 1, applicationName: 'lost', onError: () => undefined })
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
