import { sql } from 'kysely'
import type { KeptEventObject, PaymentEvent } from '../../app/contracts/payments.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

/** What an event is about, as it was then; a payer's address is sealed. */
export type EventObject = KeptEventObject

export type KeptEvent = Omit<PaymentEvent, 'data'> & { data: { object: EventObject } }

export type NewEvent = {
	id: string
	merchant_id: string
	type: string
	payment_id: string
	checkout_session_id: string | null
	object: EventObject
}

export async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
	if (events.length === 0) return
	await sql`
		insert into events (id, merchant_id, type, payment_id, checkout_session_id, object)
		select id, merchant_id, type, payment_id, checkout_session_id, object
		from json_populate_recordset(null::events, ${toJson(events)}::json) with ordinality
		order by ordinality`.execute(tx)
}

/** A place in the order of commits; as text `xid-seq`, the id of a server-sent event. */
export type Cursor = { readonly xid: bigint; readonly seq: bigint }

export const cursorText = ({ xid, seq }: Cursor): string => `${xid}-${seq}`

export function cursorFromText(text: string | null | undefined): Cursor | null {
	const match = /^(\d{1,19})-(\d{1,18})$/.exec(text ?? '')
	return match?.[1] && match[2] ? { xid: BigInt(match[1]), seq: BigInt(match[2]) } : null
}

export type FeedRow = {
	xid: bigint
	seq: bigint
	merchant_id: string
	type: string
	payment_id: string
	checkout_session_id: string | null
	object: EventObject
	created_at: Date
}

type RawFeedRow = Omit<FeedRow, 'xid'> & { xid: string }
const withXid = (row: RawFeedRow): FeedRow => ({ ...row, xid: BigInt(row.xid) })

/**
 * Events after `after`, only those older than every transaction still running: a commit that comes later can
 * never sort before them, so a reader that goes on from the last row skips nothing.
 */
export async function eventsAfter(db: Executor, after: Cursor, limit: number): Promise<FeedRow[]> {
	const { rows } = await sql<RawFeedRow>`
		select xid::text as xid, seq, merchant_id, type, payment_id, checkout_session_id, object, created_at
		from events
		where (xid, seq) > (${after.xid.toString()}::xid8, ${after.seq.toString()}::bigint)
			and xid < pg_snapshot_xmin(pg_current_snapshot())
		order by xid, seq limit ${limit}`.execute(db)
	return rows.map(withXid)
}

/** Whether something was committed that an older transaction, still running, keeps behind the horizon. */
export async function hasHiddenEvents(db: Executor): Promise<boolean> {
	const { rows } = await sql<{ hidden: boolean }>`
		select exists (select from events where xid >= pg_snapshot_xmin(pg_current_snapshot())) as hidden`.execute(db)
	return rows[0]?.hidden ?? false
}

type Scope = { merchantId: string } | { checkoutSessionId: string }

/** The same, for one merchant or one shopper who was away. */
export async function eventsOfScopeAfter(
	db: Executor,
	scope: Scope,
	after: Cursor,
	limit: number,
): Promise<FeedRow[]> {
	const mine =
		'merchantId' in scope
			? sql`merchant_id = ${scope.merchantId}`
			: sql`checkout_session_id = ${scope.checkoutSessionId}`
	const { rows } = await sql<RawFeedRow>`
		select xid::text as xid, seq, merchant_id, type, payment_id, checkout_session_id, object, created_at
		from events
		where (xid, seq) > (${after.xid.toString()}::xid8, ${after.seq.toString()}::bigint)
			and xid < pg_snapshot_xmin(pg_current_snapshot()) and ${mine}
		order by xid, seq limit ${limit}`.execute(db)
	return rows.map(withXid)
}

/** Greater than any sequence number, and still 18 digits. */
const AFTER_EVERY_SEQ = 999_999_999_999_999_999n

/** The end of what may be handed out now. Views read after this and streams resumed from it miss nothing. */
export async function presentCursor(db: Executor): Promise<Cursor> {
	const { rows } = await sql<{ xid: string }>`
		select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as xid`.execute(db)
	return { xid: BigInt(rows[0]?.xid ?? '0'), seq: AFTER_EVERY_SEQ }
}

export const toEvent = (row: { id: string; type: string; object: unknown; created_at: Date }): KeptEvent => ({
	id: row.id,
	object: 'event',
	type: row.type,
	created: Math.floor(row.created_at.getTime() / 1000),
	data: { object: row.object as EventObject },
})

export async function hasEvent(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<boolean> {
	const { rows } = await sql`select from events where merchant_id = ${merchantId} and id = ${id}`.execute(db)
	return rows.length > 0
}

export type EventSearch = {
	merchantId: string
	limit: number
	type?: string | undefined
	paymentId?: string | undefined
	startingAfter?: string | undefined
	endingBefore?: string | undefined
}

/** Newest first. */
export async function searchEvents(db: Executor, search: EventSearch) {
	let query = db
		.selectFrom('events')
		.select(['id', 'seq', 'type', 'object', 'created_at'])
		.where('merchant_id', '=', search.merchantId)
	if (search.type) query = query.where('type', '=', search.type)
	if (search.paymentId) query = query.where('payment_id', '=', search.paymentId)
	const seqOf = (id: string) => db.selectFrom('events').select('seq').where('id', '=', id)
	if (search.startingAfter) query = query.where('seq', '<', seqOf(search.startingAfter))
	const backwards = search.endingBefore !== undefined
	if (search.endingBefore) query = query.where('seq', '>', seqOf(search.endingBefore))
	const rows = await query
		.orderBy('seq', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const page = rows.slice(0, search.limit)
	return { events: (backwards ? page.reverse() : page).map(toEvent), hasMore: rows.length > search.limit }
}
