import { sql, type Kysely } from 'kysely'
import type { DB } from './schema.ts'

/** A check reads whole tables; a request's time limits are not for it. */
export const LONGEST_CHECK_MS = 600_000

/** Reads in one snapshot, however long it takes: what is written meanwhile does not count, and cannot look like a fault. */
export const inSnapshot = <T>(db: Kysely<DB>, read: (tx: Kysely<DB>) => Promise<T>): Promise<T> =>
	db
		.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute(async (tx) => {
			await sql`set local statement_timeout = ${sql.lit(`${LONGEST_CHECK_MS}ms`)}`.execute(tx)
			return read(tx)
		})
