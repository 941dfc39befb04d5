import { sql } from 'kysely'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

export type AuditEntry = {
	merchant_id: string
	actor: string
	action: string
	subject_id: string
	payload: Readonly<Record<string, string | number | null>>
}

/** Sequence, time and hash are the database's (trigger audit_chained). Rows go in merchant order: heads are locked. */
export async function appendAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return
	await sql`
		insert into audit_log (merchant_id, actor, action, subject_id, payload)
		select merchant_id, actor, action, subject_id, payload
		from jsonb_populate_recordset(null::audit_log, ${toJson(entries)}::jsonb)
		order by merchant_id`.execute(tx)
}
