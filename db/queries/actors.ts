import { sql } from 'kysely'
import type { Executor } from '../client.ts'

/** The names of people and the hints of keys of this merchant, by id; strangers are left out. */
export async function namesOfActors(
	db: Executor,
	{ merchantId, ids }: { merchantId: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
	if (ids.length === 0) return new Map()
	const { rows } = await sql<{ id: string; name: string }>`
		select u.id, u.name from users u join memberships m on m.user_id = u.id
		where m.merchant_id = (select account_id from merchants where id = ${merchantId}) and u.id = any(${ids})
		union all
		select k.id, 'API key ' || k.hint from api_keys k
		where k.merchant_id = ${merchantId} and k.id = any(${ids})`.execute(db)
	return new Map(rows.map((row) => [row.id, row.name]))
}
