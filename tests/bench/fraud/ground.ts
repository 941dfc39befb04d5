import { join } from 'node:path'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { createDatabase, createPool } from '#db/client.ts'
import { startLocalPostgres } from '#db/local-postgres.ts'
import { migrateToLatest } from '#db/migrate.ts'
import type { DB } from '#db/schema.ts'
import { createRunFolder } from '#tests/support/run-folder.ts'
import { WITHOUT_PAYMENTS } from '#tests/support/without-payments.ts'

export type Ground = { db: Kysely<DB>; owner: pg.Client; close(): Promise<void> }

/** Our own tables on a durable PostgreSQL of their own, seen as the app sees them. */
export async function openGround(connections: number): Promise<Ground> {
	const folder = await createRunFolder('bench')
	const server = await startLocalPostgres({ dataDir: join(folder.path, 'postgres'), port: 0, durable: true })
	await migrateToLatest(server.url)
	const owner = new pg.Client({ connectionString: server.url })
	await owner.connect()
	await owner.query(WITHOUT_PAYMENTS)
	const pool = createPool({
		url: server.url,
		max: connections,
		applicationName: 'bench',
		sees: 'every merchant',
		onError: () => undefined,
	})
	return {
		db: createDatabase(pool),
		owner,
		async close() {
			await pool.end()
			await owner.end()
			await server.stop()
			await folder.remove()
		},
	}
}
