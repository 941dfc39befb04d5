import { sql } from 'kysely'
import { actingRequest } from '../../app/telemetry/acting-request.server.ts'
import type { Tx } from '../client.ts'
import { toJson } from './payments.ts'

/** JSON as it is kept; amounts as decimal text of minor units. */
export type Kept = string | number | boolean | null | readonly Kept[] | { readonly [name: string]: Kept }

export type AuditEntry = {
	merchant_id: string
	/** Who: `console:<person>`, `api:<key>`, `job:…`, `webhook:…`, `gateway:…`, `checkout:<session>`. */
	actor: string
	action: string
	subject_id: string
	/** What the change is about, and what else belongs to it. Never a secret, never an address of a payer. */
	payload: Readonly<Record<string, string | number | null>>
	/** What changed, and nothing that stayed (`changesBetween`). */
	before?: Readonly<Record<string, Kept>> | null
	after?: Readonly<Record<string, Kept>> | null
	/** In the words of whoever did it. */
	reason?: string | null
}

/** A job that a request set off acts for itself: only who was there is traced to a request. */
function whereabouts(actor: string): { request_id: string | null; client_network: string | null } {
	const request = actingRequest()
	const isPerson = actor.startsWith('console:') || actor.startsWith('api:usr_')
	if (request === null || !(isPerson || actor.startsWith('api:')))
		return { request_id: null, client_network: null }
	return { request_id: request.requestId, client_network: isPerson ? request.network : null }
}

/** Sequence, time and hash are the database's (trigger audit_chained). Rows go in merchant order: heads are locked. */
export async function appendAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return
	const rows = entries.map((entry) => ({ ...entry, ...whereabouts(entry.actor) }))
	await sql`
		insert into audit_log (merchant_id, actor, action, subject_id, payload, before, after, reason, request_id,
			client_network)
		select merchant_id, actor, action, subject_id, payload, before, after, reason, request_id, client_network
		from jsonb_populate_recordset(null::audit_log, ${toJson(rows)}::jsonb)
		order by merchant_id`.execute(tx)
}
