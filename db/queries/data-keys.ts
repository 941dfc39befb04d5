import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type DataKeyRow = {
	id: string
	merchant_id: string | null
	subject_id: string
	purpose: string
	kek_id: string
	wrapped: string
}

export async function findDataKey(db: Executor, id: string): Promise<DataKeyRow | undefined> {
	const { rows } = await sql<DataKeyRow>`
		select id, merchant_id, subject_id, purpose, kek_id, wrapped from data_keys where id = ${id}`.execute(db)
	return rows[0]
}

export async function findDataKeys(db: Executor, ids: readonly string[]): Promise<DataKeyRow[]> {
	const { rows } = await sql<DataKeyRow>`
		select id, merchant_id, subject_id, purpose, kek_id, wrapped from data_keys where id = any(${ids})`.execute(
		db,
	)
	return rows
}

export async function findDataKeyOf(
	db: Executor,
	{ subjectId, purpose }: { subjectId: string; purpose: string },
): Promise<DataKeyRow | undefined> {
	const { rows } = await sql<DataKeyRow>`
		select id, merchant_id, subject_id, purpose, kek_id, wrapped from data_keys
		where subject_id = ${subjectId} and purpose = ${purpose}`.execute(db)
	return rows[0]
}

/** Of two who make the first key at once, one finds the other's. */
export async function insertDataKey(db: Executor, key: DataKeyRow): Promise<void> {
	await db
		.insertInto('data_keys')
		.values(key)
		.onConflict((conflict) => conflict.columns(['subject_id', 'purpose']).doNothing())
		.execute()
}

/** After this nothing sealed for the subject opens any more, in no copy of it that we can reach. */
export async function deleteDataKeys(tx: Tx, subjectId: string): Promise<bigint> {
	const { numDeletedRows } = await tx
		.deleteFrom('data_keys')
		.where('subject_id', '=', subjectId)
		.executeTakeFirst()
	return numDeletedRows
}

/** Keys under another than the current one, locked; those somebody else is at are left to them. */
export async function lockKeysNotUnder(tx: Tx, kekId: string, most: number): Promise<DataKeyRow[]> {
	const { rows } = await sql<DataKeyRow>`
		select id, merchant_id, subject_id, purpose, kek_id, wrapped from data_keys
		where kek_id <> ${kekId} order by id limit ${most} for update skip locked`.execute(tx)
	return rows
}

export async function rewrapDataKey(
	tx: Tx,
	{ id, kekId, wrapped }: { id: string; kekId: string; wrapped: string },
): Promise<void> {
	await tx.updateTable('data_keys').set({ kek_id: kekId, wrapped }).where('id', '=', id).execute()
}
