import { sql } from 'kysely'
import type { Executor } from '../client.ts'

/** The merchant behind whatever id a job carried. */
export async function merchantOfSubject(db: Executor, subjectId: string): Promise<string | undefined> {
	const { rows } = await sql<{ merchant_id: string }>`
		select merchant_id from payments where id = ${subjectId}
		union all select merchant_id from payment_attempts where id = ${subjectId}
		union all select merchant_id from refunds where id = ${subjectId} limit 1`.execute(db)
	return rows[0]?.merchant_id
}
