import type { Kysely } from 'kysely'
import { searchAudit, subjectsOfPayment, type AuditRow } from '#db/queries/audit-search.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { ListAudit } from '../contracts/audit.ts'

type Deps = { db: Kysely<DB> }

const toAuditLog = (row: AuditRow) => ({
	object: 'audit_log',
	row: Number(row.seq),
	created: Math.floor(row.at.getTime() / 1000),
	actor: { type: row.actor_kind, id: row.actor_id },
	action: row.action,
	subject: { type: row.subject_kind, id: row.subject_id },
	details: row.payload,
	before: row.before,
	after: row.after,
	reason: row.reason,
	request_id: row.request_id,
	client_network: row.client_network,
	hash: row.hash.toString('hex'),
})

type Asked = { merchantId: string; url: string; subjects: readonly string[] | undefined; query: ListAudit }

async function pageOf({ db }: Deps, { merchantId, url, subjects, query }: Asked) {
	const { starting_after: after, ending_before: before } = query
	const { rows, hasMore } = await searchAudit(
		db,
		{ merchantId, by: query.actor, subjects },
		{
			limit: query.limit,
			offset: query.offset,
			startingAfter: after === undefined ? undefined : BigInt(after),
			endingBefore: before === undefined ? undefined : BigInt(before),
		},
	)
	return { object: 'list', url, has_more: hasMore, data: rows.map(toAuditLog) }
}

export const presentAuditPage = (deps: Deps, merchantId: string, query: ListAudit) =>
	pageOf(deps, {
		merchantId,
		url: '/api/v1/audit',
		subjects: query.subject === undefined ? undefined : [query.subject],
		query,
	})

/** What happened to one payment, its refunds and its disputes; null when it is not this merchant's. */
export async function presentAuditOfPayment(
	deps: Deps,
	{ merchantId, paymentId }: { merchantId: string; paymentId: string },
	query: ListAudit,
) {
	if (!(await findPayment(deps.db, { merchantId, id: paymentId }))) return null
	const subjects = await subjectsOfPayment(deps.db, paymentId)
	const url = `/api/v1/transactions/${paymentId}/audit-logs`
	return pageOf(deps, { merchantId, url, subjects, query })
}
