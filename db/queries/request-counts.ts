import { sql } from 'kysely'
import type { Executor } from '../client.ts'

export type CountedRequests = { key: string; points: number }

/** Adds what an instance let through and says what all have let through together. In one order, so that two never wait for each other. */
export async function addRequests(
	db: Executor,
	counted: readonly CountedRequests[],
	expire: number,
): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<CountedRequests>`
		insert into request_counters as c (key, points, expire)
		select key, points, ${expire}::bigint
		from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as n (key text, points integer)
		order by key
		on conflict (key) do update set points = c.points + excluded.points
		returning key, points`.execute(db)
	return new Map(rows.map(({ key, points }) => [key, points]))
}

export async function deleteOldCounts(db: Executor, now: number): Promise<void> {
	await sql`delete from request_counters where expire < ${now}`.execute(db)
}
