import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

/** Whether this merchant asks a second factor of every role that moves money. */
export async function readFactorRule(db: Executor, merchantId: string): Promise<boolean> {
	const row = await db
		.selectFrom('merchants')
		.select('require_second_factor')
		.where('id', '=', merchantId)
		.executeTakeFirst()
	return row?.require_second_factor ?? true
}

export async function writeFactorRule(tx: Tx, merchantId: string, required: boolean): Promise<void> {
	await tx
		.updateTable('merchants')
		.set({ require_second_factor: required })
		.where('id', '=', merchantId)
		.execute()
}

/** Who of the team can prove themselves with more than a password. */
export async function listFactorHolders(db: Executor, merchantId: string): Promise<ReadonlySet<string>> {
	const { rows } = await sql<{ user_id: string }>`
		select m.user_id from memberships m
		where m.merchant_id = ${merchantId} and (
			exists (select from totp_factors f where f.user_id = m.user_id and f.confirmed_at is not null)
			or exists (select from passkeys p where p.user_id = m.user_id))`.execute(db)
	return new Set(rows.map((row) => row.user_id))
}
