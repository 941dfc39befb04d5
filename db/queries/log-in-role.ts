import { sql } from 'kysely'
import type { Executor } from '../client.ts'

/** Whether the role this process logged in as could give itself the rights of whoever owns the tables. */
export async function logsInAsOwner(db: Executor): Promise<boolean> {
	const { rows } = await sql<{ is_owner: boolean }>`
		select pg_has_role(session_user, relowner, 'member') as is_owner
		from pg_class where oid = 'public.audit_log'::regclass`.execute(db)
	return rows[0]?.is_owner ?? false
}
