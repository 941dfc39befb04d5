import type { Kysely } from 'kysely'
import pg from 'pg'
import { createDatabase, createPool } from '#db/client.ts'
import type { DB } from '#db/schema.ts'
import { createTestDatabase } from '#tests/support/database.ts'
import { WITHOUT_PAYMENTS } from '#tests/support/without-payments.ts'

/** A database of its own for payments that are not ours, seen as jobs see it. */
export type Past = { db: Kysely<DB>; close(): Promise<void> }

export async function openPast(): Promise<Past> {
	const database = await createTestDatabase()
	const owner = new pg.Client({ connectionString: database.url })
	await owner.connect()
	await owner.query(WITHOUT_PAYMENTS)
	await owner.end()
	const pool = createPool({
		url: database.url,
		max: 2,
		applicationName: 'test',
		sees: 'every merchant',
		onError: () => undefined,
	})
	return {
		db: createDatabase(pool),
		async close() {
			await pool.end()
			await database.drop()
		},
	}
}
