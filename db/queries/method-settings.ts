import { sql } from 'kysely'
import type { MethodSetting, MerchantLimits } from '../../app/domain/methods/method-settings.ts'
import type { MethodType } from '../../app/domain/methods/method-terms.ts'
import type { Executor, Tx } from '../client.ts'

export type MethodScope = { merchantId: string; gateway: string; type: MethodType }

type Row = {
	merchant_id: string
	gateway: string
	method: MethodType
	is_on: boolean
	countries: string[] | null
	currency: string | null
	min_minor: bigint | null
	max_minor: bigint | null
	updated_by: string
	updated_at: Date
}

/** A setting and who made it. */
export type MethodSettingRow = MethodSetting & { updatedBy: string; updatedAt: Date }

function gathered(rows: readonly Row[]): MethodSettingRow[] {
	const settings = new Map<string, MethodSettingRow & { limits: Record<string, MerchantLimits> }>()
	for (const row of rows) {
		const key = `${row.gateway} ${row.method}`
		const setting = settings.get(key) ?? {
			gateway: row.gateway,
			type: row.method,
			isOn: row.is_on,
			countries: row.countries,
			limits: {},
			updatedBy: row.updated_by,
			updatedAt: row.updated_at,
		}
		settings.set(key, setting)
		if (row.currency) setting.limits[row.currency] = { minMinor: row.min_minor, maxMinor: row.max_minor }
	}
	return [...settings.values()]
}

/** What each of the merchants decided about methods. What is not listed is on. */
export async function listMethodSettingsOf(
	db: Executor,
	merchantIds: readonly string[],
): Promise<ReadonlyMap<string, MethodSettingRow[]>> {
	const { rows } = await sql<Row>`
		select merchant_id, s.gateway, s.method, s.is_on, s.countries, s.updated_by, s.updated_at,
			l.currency, l.min_minor, l.max_minor
		from payment_method_settings s left join payment_method_limits l using (merchant_id, gateway, method)
		where merchant_id = any(${merchantIds}) order by merchant_id, s.gateway, s.method, l.currency`.execute(db)
	const byMerchant = Map.groupBy(rows, (row) => row.merchant_id)
	return new Map([...byMerchant].map(([merchantId, own]) => [merchantId, gathered(own)]))
}

export const listMethodSettings = async (db: Executor, merchantId: string): Promise<MethodSettingRow[]> =>
	(await listMethodSettingsOf(db, [merchantId])).get(merchantId) ?? []

/** The same, with nobody else changing them until the end of the transaction. */
export async function lockMethodSettings(tx: Tx, merchantId: string): Promise<MethodSettingRow[]> {
	// Weak enough to let payments be written meanwhile: their foreign keys only need the merchant to stay.
	await sql`select from merchants where id = ${merchantId} for no key update`.execute(tx)
	return listMethodSettings(tx, merchantId)
}

export async function writeMethodSetting(
	tx: Tx,
	{ merchantId, gateway, type }: MethodScope,
	setting: { isOn: boolean; countries: readonly string[] | null; by: string },
): Promise<void> {
	await sql`
		insert into payment_method_settings (merchant_id, gateway, method, is_on, countries, updated_by)
		values (${merchantId}, ${gateway}, ${type}, ${setting.isOn}, ${setting.countries}, ${setting.by})
		on conflict (merchant_id, gateway, method) do update set
			is_on = excluded.is_on, countries = excluded.countries, updated_by = excluded.updated_by,
			updated_at = now()`.execute(tx)
}

/** Both null takes the limit away. */
export async function writeMethodLimit(
	tx: Tx,
	{ merchantId, gateway, type }: MethodScope,
	currency: string,
	{ minMinor, maxMinor }: MerchantLimits,
): Promise<void> {
	if (minMinor === null && maxMinor === null) {
		await sql`
			delete from payment_method_limits
			where merchant_id = ${merchantId} and gateway = ${gateway} and method = ${type}
				and currency = ${currency}`.execute(tx)
		return
	}
	await sql`
		insert into payment_method_limits (merchant_id, gateway, method, currency, min_minor, max_minor)
		values (${merchantId}, ${gateway}, ${type}, ${currency}, ${minMinor}, ${maxMinor})
		on conflict (merchant_id, gateway, method, currency) do update set
			min_minor = excluded.min_minor, max_minor = excluded.max_minor`.execute(tx)
}
