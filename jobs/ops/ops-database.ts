import type { Kysely } from 'kysely'
import { createDatabase, createPool } from '../../db/client.ts'
import type { DB } from '../../db/schema.ts'

/** One connection that sees every merchant's rows, for as long as `work` takes. */
export async function withDatabase<T>(url: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
	const pool = createPool({
		url,
		max: 1,
		applicationName: 'tillhouse-ops',
		sees: 'every merchant',
		onError: () => undefined,
	})
	try {
		return await work(createDatabase(pool))
	} finally {
		await pool.end()
	}
}
