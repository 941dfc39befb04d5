import { sql, type Selectable } from 'kysely'
import { ACTION_GROUPS, NAMED_AREAS, type ActionGroup } from '../../app/domain/audit/action-groups.ts'
import type { Executor } from '../client.ts'
import type { AuditLog } from '../schema.ts'

export type AuditRow = Selectable<AuditLog>

export type AuditFilter = {
	merchantId: string
	/** Id of a person or of a key. */
	by?: string | undefined
	group?: ActionGroup | undefined
	/** Rows about any of these. */
	subjects?: readonly string[] | undefined
	from?: Date | undefined
	/** Not included. */
	until?: Date | undefined
	/** Anywhere in the action, the subject, the reason, the facts, or what changed. */
	text?: string | undefined
}

type Place = {
	limit: number
	/** Older than this row. */
	startingAfter?: bigint | undefined
	/** Newer than this row: the page before. */
	endingBefore?: bigint | undefined
	offset?: number | undefined
}

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function filtered(db: Executor, filter: AuditFilter) {
	const { merchantId, by, group, subjects, from, until, text } = filter
	let query = db.selectFrom('audit_log').selectAll().where('merchant_id', '=', merchantId)
	if (by) query = query.where('actor', 'in', [`console:${by}`, `api:${by}`])
	if (group) {
		const area = sql<string>`split_part(action, '.', 1)`
		const { areas } = ACTION_GROUPS[group]
		query = areas ? query.where(area, 'in', areas) : query.where(area, 'not in', NAMED_AREAS)
	}
	if (subjects) query = query.where('subject_id', 'in', subjects)
	if (from) query = query.where('at', '>=', from)
	if (until) query = query.where('at', '<', until)
	if (text) {
		const said = sql<string>`concat_ws(' ', replace(action, '_', ' '), action, subject_id, reason, payload::text,
			before::text, after::text)`
		query = query.where(said, 'ilike', pattern(text))
	}
	return query
}

/** Newest first; `endingBefore` reads the page before. One row more than asked tells of another page. */
export async function searchAudit(
	db: Executor,
	filter: AuditFilter,
	{ limit, startingAfter, endingBefore, offset = 0 }: Place,
): Promise<{ rows: AuditRow[]; hasMore: boolean }> {
	let query = filtered(db, filter)
	if (startingAfter !== undefined) query = query.where('seq', '<', startingAfter)
	const backwards = endingBefore !== undefined
	if (backwards) query = query.where('seq', '>', endingBefore)
	const rows = await query
		.orderBy('seq', backwards ? 'asc' : 'desc')
		.limit(limit + 1)
		.offset(offset)
		.execute()
	const page = rows.slice(0, limit)
	return { rows: backwards ? page.reverse() : page, hasMore: rows.length > limit }
}

/** Every row of a search, newest first, a slice at a time: a record of any length needs the memory of one slice. */
export async function* eachAudit(db: Executor, filter: AuditFilter, slice = 1_000): AsyncGenerator<AuditRow> {
	let startingAfter: bigint | undefined
	for (;;) {
		const { rows, hasMore } = await searchAudit(db, filter, { limit: slice, startingAfter })
		yield* rows
		startingAfter = rows.at(-1)?.seq
		if (!hasMore) return
	}
}

/** A payment, and its refunds and disputes: what its history is about. */
export async function subjectsOfPayment(db: Executor, paymentId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select ${paymentId}::text as id
		union all select id from refunds where payment_id = ${paymentId}
		union all select id from disputes where payment_id = ${paymentId}`.execute(db)
	return rows.map(({ id }) => id)
}

export type Actor = { id: string; name: string }

/** Who can be chosen in a filter: the people and keys of this merchant. */
export async function listActors(db: Executor, merchantId: string): Promise<Actor[]> {
	const { rows } = await sql<Actor>`
		select u.id, u.name from users u join memberships m on m.user_id = u.id
		where m.merchant_id = (select account_id from merchants where id = ${merchantId})
		union all
		select id, 'API key ' || hint from api_keys where merchant_id = ${merchantId}
		order by name limit 200`.execute(db)
	return rows
}
