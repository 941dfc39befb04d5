import pg from 'pg'
import { checkInvariants, type InvariantCheck } from './check-invariants.ts'
import { AS_APP_ACROSS_MERCHANTS, createDatabase, HeardClient, TYPES } from './client.ts'
import { LONGEST_CHECK_MS } from './in-snapshot.ts'

/**
 * Runs every invariant on a connection of its own, which ends with the check: whole tables are read, and no request
 * waits for a connection meanwhile. Throws when the database cannot be asked.
 */
export async function inspectDatabase(url: string): Promise<InvariantCheck> {
	const pool = new pg.Pool({
		connectionString: url,
		max: 1,
		application_name: 'tillhouse-verify',
		options: AS_APP_ACROSS_MERCHANTS,
		connectionTimeoutMillis: 5_000,
		query_timeout: LONGEST_CHECK_MS,
		lock_timeout: 2_000,
		keepAlive: true,
		Client: HeardClient,
		types: TYPES,
	} as pg.PoolConfig)
	// A lost connection also fails the query that was running on it.
	pool.on('error', () => undefined)
	try {
		return await checkInvariants(createDatabase(pool))
	} finally {
		await pool.end()
	}
}
