import { sql, type Selectable } from 'kysely'
import type { DeclineOverride } from '../../app/domain/declines/read-decline.ts'
import type { Executor, Tx } from '../client.ts'
import type { DeclineOverrides } from '../schema.ts'

export type DeclineOverrideRow = Selectable<DeclineOverrides>

export async function listDeclineOverrides(db: Executor, merchantId: string): Promise<DeclineOverrideRow[]> {
	const { rows } = await sql<DeclineOverrideRow>`
		select * from decline_overrides where merchant_id = ${merchantId}`.execute(db)
	return rows
}

export const toOverride = (row: DeclineOverrideRow): DeclineOverride => ({
	code: row.code,
	words: row.words,
	advice: row.advice,
	mayFallBack: row.may_fall_back,
})

type Place = { merchantId: string; gateway: string; code: string }

/** The override as it was, locked until the end of the transaction. */
export async function lockDeclineOverride(
	tx: Tx,
	{ merchantId, gateway, code }: Place,
): Promise<DeclineOverrideRow | undefined> {
	const { rows } = await sql<DeclineOverrideRow>`
		select * from decline_overrides
		where merchant_id = ${merchantId} and gateway = ${gateway} and code = ${code} for update`.execute(tx)
	return rows[0]
}

export async function writeDeclineOverride(
	tx: Tx,
	row: Omit<DeclineOverrideRow, 'edited_at'>,
): Promise<void> {
	await sql`
		insert into decline_overrides (merchant_id, gateway, code, standard_code, words, advice, may_fall_back, edited_by)
		values (${row.merchant_id}, ${row.gateway}, ${row.code}, ${row.standard_code}, ${row.words}, ${row.advice},
			${row.may_fall_back}, ${row.edited_by})
		on conflict (merchant_id, gateway, code) do update set standard_code = excluded.standard_code,
			words = excluded.words, advice = excluded.advice, may_fall_back = excluded.may_fall_back,
			edited_by = excluded.edited_by, edited_at = now()`.execute(tx)
}

export async function dropDeclineOverride(tx: Tx, { merchantId, gateway, code }: Place): Promise<void> {
	await sql`
		delete from decline_overrides
		where merchant_id = ${merchantId} and gateway = ${gateway} and code = ${code}`.execute(tx)
}
