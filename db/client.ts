import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { markOpen } from '../app/telemetry/open-transaction.server.ts'
import type { DB } from './schema.ts'

/** Reads. A transaction fits as well. */
export type Executor = Kysely<DB>
/** Anything that must be atomic; a plain Kysely is refused by the compiler. */
export type Tx = Transaction<DB>

const INT8 = 20
const MOST_NAMED_STATEMENTS = 500
const names = new Map<string, string>()

/** Postgres plans a named statement once per connection: about half the database CPU of an unnamed one. */
function nameOf(text: string): string | undefined {
	const known = names.get(text)
	if (known) return known
	if (names.size >= MOST_NAMED_STATEMENTS) return undefined
	const name = createHash('sha1').update(text).digest('base64url')
	names.set(text, name)
	return name
}

/**
 * A client in use that loses its connection fails its query, and tells of the loss in an event as well, often twice.
 * Whoever asked has heard of it; an error event that nobody hears would end the process.
 */
export class HeardClient extends pg.Client {
	constructor(config?: string | pg.ClientConfig) {
		super(config)
		this.on('error', () => undefined)
	}
}

class NamingClient extends HeardClient {
	/** A server that did not answer in time may never do: back in the pool, the connection would hang the next one as well. */
	#leaveIfSilent(error: unknown): void {
		if (!(error instanceof Error) || error.message !== 'Query read timeout') return
		const { connection } = this as unknown as { connection: { stream: { destroy(): void } } }
		connection.stream.destroy()
	}

	// The overloads of pg's query cannot be written again here; arguments pass through unchanged.
	override query(...args: unknown[]): never {
		const [text, values, ...rest] = args
		const name =
			typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
		const passed = name ? [{ name, text, values }, ...rest] : args
		const result: unknown = super.query(...(passed as [string]))
		if (result instanceof Promise) result.catch((error: unknown) => this.#leaveIfSilent(error))
		return result as never
	}
}

/** Whole numbers of 64 bits arrive as bigint, exactly. */
export const TYPES: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
		oid === INT8 && format !== 'binary'
			? BigInt
			: pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

export type PoolOptions = {
	url: string
	max: number
	applicationName: string
	/** Whose rows show by themselves. `nobody`: until a transaction names its merchant (`createMerchantDatabases`). */
	sees: 'nobody' | 'every merchant'
	onError: (error: Error) => void
}

/** Start-up options of a connection: the role without rights over the books, which sees no merchant's rows. */
const AS_APP = '-c role=app_rw'
/** The same for what serves many merchants at once: batches, jobs, checks of all books. */
export const AS_APP_ACROSS_MERCHANTS = `${AS_APP} -c app.merchant_id=*`

/** Time limits are those of docs/decisions/004: a request never hangs on the database. */
export function createPool({ url, max, applicationName, sees, onError }: PoolOptions): pg.Pool {
	const pool = new pg.Pool({
		connectionString: url,
		max,
		application_name: applicationName,
		options: sees === 'nobody' ? AS_APP : AS_APP_ACROSS_MERCHANTS,
		// A merchant's begin, statement and commit go out together.
		pipeline: sees === 'nobody',
		connectionTimeoutMillis: 2_000,
		query_timeout: 10_000,
		statement_timeout: 5_000,
		lock_timeout: 2_000,
		idle_in_transaction_session_timeout: 10_000,
		keepAlive: true,
		maxLifetimeSeconds: 1_800,
		Client: NamingClient,
		types: TYPES,
	} as pg.PoolConfig)
	pool.on('error', onError)
	return pool
}

export const createDatabase = (pool: pg.Pool): Kysely<DB> =>
	new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })

/** Two that met once should not meet again at the same moment. */
const JITTER_MS = 25
const DEADLOCK_OR_SERIALIZATION: ReadonlySet<string> = new Set(['40P01', '40001'])

const sqlState = (error: unknown): string | undefined =>
	typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined

/** Runs `work` in one transaction; a deadlock or serialization failure is tried again, anything else rolls back and is thrown. */
export async function inTransaction<T>(
	db: Kysely<DB>,
	work: (tx: Tx) => Promise<T>,
	attempts = 3,
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await db.transaction().execute((tx) => markOpen(() => work(tx)))
		} catch (error) {
			if (!DEADLOCK_OR_SERIALIZATION.has(sqlState(error) ?? '') || attempt === attempts) throw error
			await sleep(Math.random() * JITTER_MS * attempt)
		}
	}
}
