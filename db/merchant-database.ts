import {
	CompiledQuery,
	Kysely,
	PostgresAdapter,
	PostgresDriver,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type DatabaseConnection,
	type Driver,
	type QueryCompiler,
	type QueryResult,
} from 'kysely'
import pg from 'pg'
import type { DB } from './schema.ts'

type Lent = Parameters<PostgresDriver['rollbackTransaction']>[0]
type Compile = QueryCompiler['compileQuery']

/** A connection lent to one merchant: what it runs outside a transaction gets one of its own, in the same round trip. */
class MerchantConnection implements DatabaseConnection {
	readonly lent: Lent
	readonly #begin: CompiledQuery
	#isInTransaction = false

	constructor(lent: Lent, begin: CompiledQuery) {
		this.lent = lent
		this.#begin = begin
	}

	async begin(): Promise<void> {
		this.#isInTransaction = true
		await this.lent.executeQuery(this.#begin)
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		if (this.#isInTransaction) return this.lent.executeQuery<R>(query)
		// Sent together, answered in order: after a failure the commit rolls back, and without the begin nobody's rows show.
		const [begun, answered, committed] = await Promise.allSettled([
			this.lent.executeQuery(this.#begin),
			this.lent.executeQuery<R>(query),
			this.lent.executeQuery(COMMIT),
		])
		for (const step of [begun, answered, committed]) if (step.status === 'rejected') throw step.reason
		if (answered.status === 'rejected') throw answered.reason
		return answered.value
	}

	streamQuery(): never {
		throw new Error('rows are read at once here, not as a stream')
	}
}

const COMMIT = CompiledQuery.raw('commit')

/** Sets whose rows are meant at the start of every transaction, so that row security shows those only. */
class MerchantDriver implements Driver {
	readonly #lender: PostgresDriver
	readonly #begin: CompiledQuery

	constructor(lender: PostgresDriver, context: string) {
		this.#lender = lender
		this.#begin = CompiledQuery.raw(`begin; set local app.merchant_id = ${pg.escapeLiteral(context)}`)
	}

	init = () => this.#lender.init()
	destroy = async () => {}

	async acquireConnection(): Promise<MerchantConnection> {
		return new MerchantConnection((await this.#lender.acquireConnection()) as Lent, this.#begin)
	}

	beginTransaction = (connection: MerchantConnection) => connection.begin()
	commitTransaction = ({ lent }: MerchantConnection) => this.#lender.commitTransaction(lent)
	rollbackTransaction = ({ lent }: MerchantConnection) => this.#lender.rollbackTransaction(lent)
	releaseConnection = ({ lent }: MerchantConnection) => this.#lender.releaseConnection(lent)
	savepoint = ({ lent }: MerchantConnection, name: string, compile: Compile) =>
		this.#lender.savepoint(lent, name, compile)
	rollbackToSavepoint = ({ lent }: MerchantConnection, name: string, compile: Compile) =>
		this.#lender.rollbackToSavepoint(lent, name, compile)
	releaseSavepoint = ({ lent }: MerchantConnection, name: string, compile: Compile) =>
		this.#lender.releaseSavepoint(lent, name, compile)
}

/** Databases on `pool` that see some merchants' rows. Its connections must see nobody's by themselves. */
export function createMerchantDatabases(pool: pg.Pool) {
	const lender = new PostgresDriver({ pool })
	const seeing = (context: string): Kysely<DB> =>
		new Kysely<DB>({
			dialect: {
				createAdapter: () => new PostgresAdapter(),
				createDriver: () => new MerchantDriver(lender, context),
				createIntrospector: (db) => new PostgresIntrospector(db),
				createQueryCompiler: () => new PostgresQueryCompiler(),
			},
		})
	return {
		ofMerchant(merchantId: string): Kysely<DB> {
			if (!merchantId.startsWith('mer_')) throw new Error('this is no merchant')
			return seeing(merchantId)
		},
		/** Of every merchant whose money is test money, or real. */
		ofWorld: (world: 'test' | 'live'): Kysely<DB> => seeing(world),
	}
}
