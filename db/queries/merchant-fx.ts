import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

export type MerchantFx = { settlementCurrency: string; spreadBps: number }

/** What currency a merchant is paid in, and what their quotes add to the published rate. */
export async function readMerchantFx(db: Executor, merchantId: string): Promise<MerchantFx> {
	const { rows } = await sql<MerchantFx>`
		select settlement_currency as "settlementCurrency", fx_spread_bps as "spreadBps"
		from merchants where id = ${merchantId}`.execute(db)
	const [row] = rows
	if (!row) throw new Error(`there is no merchant ${merchantId}`)
	return row
}

/** Whether any money was ever taken: the books are then in this currency. */
export async function hasTakenMoney(db: Executor, merchantId: string): Promise<boolean> {
	const { rows } = await sql`
		select from ledger_transactions where merchant_id = ${merchantId} limit 1`.execute(db)
	return rows.length > 0
}

export async function lockMerchant(tx: Tx, merchantId: string): Promise<void> {
	await sql`select from merchants where id = ${merchantId} for update`.execute(tx)
}

export async function patchMerchantFx(
	tx: Tx,
	merchantId: string,
	{ settlementCurrency, spreadBps }: MerchantFx,
): Promise<void> {
	await sql`
		update merchants set settlement_currency = ${settlementCurrency}, fx_spread_bps = ${spreadBps}
		where id = ${merchantId}`.execute(tx)
}
