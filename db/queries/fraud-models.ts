import { sql, type Insertable, type Selectable } from 'kysely'
import type { Executor, Tx } from '../client.ts'
import type { FraudModels } from '../schema.ts'

export type FraudModelRow = Selectable<FraudModels>
export type NewFraudModel = Insertable<FraudModels>

export const liveModel = (db: Executor, livemode: boolean): Promise<FraudModelRow | undefined> =>
	db
		.selectFrom('fraud_models')
		.selectAll()
		.where('status', '=', 'live')
		.where('livemode', '=', livemode)
		.executeTakeFirst()

export const findModel = (db: Executor, version: number): Promise<FraudModelRow | undefined> =>
	db.selectFrom('fraud_models').selectAll().where('version', '=', version).executeTakeFirst()

/** The model whose body is large is left in the table: lists read the rest. */
export const listModels = (db: Executor) =>
	db
		.selectFrom('fraud_models')
		.select([
			'id',
			'version',
			'livemode',
			'kind',
			'feature_set',
			'hash',
			'seed',
			'trained_from',
			'trained_to',
		])
		.select([
			'examples',
			'frauds',
			'metrics',
			'status',
			'created_at',
			'created_by',
			'promoted_at',
			'promoted_by',
		])
		.orderBy('version', 'desc')
		.execute()

/** One change of models at a time, everywhere. */
export async function lockModels(tx: Tx): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('fraud_models', 0))`.execute(tx)
}

export const insertModel = (tx: Tx, model: NewFraudModel): Promise<FraudModelRow> =>
	tx.insertInto('fraud_models').values(model).returningAll().executeTakeFirstOrThrow()

/** Puts a model in charge of its world; the one before it is kept. Call it under `lockModels`. */
export async function promoteModel(
	tx: Tx,
	{ id, livemode }: Pick<FraudModelRow, 'id' | 'livemode'>,
	{ by, at }: { by: string; at: Date },
): Promise<void> {
	await tx
		.updateTable('fraud_models')
		.set({ status: 'retired' })
		.where('status', '=', 'live')
		.where('livemode', '=', livemode)
		.where('id', '<>', id)
		.execute()
	await tx
		.updateTable('fraud_models')
		.set({ status: 'live', promoted_at: at, promoted_by: by })
		.where('id', '=', id)
		.execute()
}
