import { sql } from 'kysely'
import type { Hold, Holdings, PrivacyRequestKind } from '../../app/domain/privacy/request.ts'
import type { Executor, Tx } from '../client.ts'

type OfPayer = { merchantId: string; payerId: string }

export type HoldingsRow = Holdings & { first_at: Date | null; last_at: Date | null }

export async function readHoldings(db: Executor, { merchantId, payerId }: OfPayer): Promise<HoldingsRow> {
	const { rows } = await sql<HoldingsRow>`
		with p as (
			select id, sealed_email, ip_hash, sealed_ip, created_at from payments
			where merchant_id = ${merchantId} and payer_id = ${payerId}
		)
		select count(*)::int as payments, count(p.sealed_email)::int as addresses, count(p.sealed_ip)::int as connections,
			min(p.created_at) as first_at, max(p.created_at) as last_at,
			(select count(*)::int from disputes d where d.payment_id in (select id from p)
				and d.sealed_evidence is not null) as evidence,
			(select count(*)::int from refunds r where r.payment_id in (select id from p)) as refunds,
			(select count(*)::int from disputes d where d.payment_id in (select id from p)) as disputes,
			(select count(*)::int from events e where e.payment_id in (select id from p)) as events,
			(select count(*)::int from payer_views v where v.merchant_id = ${merchantId}
				and v.payer_id = ${payerId}) as views
		from p`.execute(db)
	const [row] = rows
	if (!row) throw new Error('a count without a row')
	return row
}

/** What is open and needs the payer's data. A payment that nothing moves any more ends when the janitor looks at it. */
export async function readHolds(db: Executor, { merchantId, payerId }: OfPayer): Promise<Hold[]> {
	const { rows } = await sql<Hold>`
		with p as (
			select id, status, next_check_at from payments where merchant_id = ${merchantId} and payer_id = ${payerId}
		)
		select 'payment_open' as kind, id as subject, to_json(next_check_at) #>> '{}' as until from p
		where status not in ('succeeded', 'failed', 'canceled')
		union all
		select 'refund_open', r.id, null from refunds r join p on p.id = r.payment_id
		where r.status in ('pending', 'requires_action')
		union all
		select 'dispute_open', d.id, null from disputes d join p on p.id = d.payment_id
		where d.status in ('needs_response', 'under_review')
		order by subject`.execute(db)
	return rows
}

/** Takes away what a payer was known by wherever it can be; what stays sealed elsewhere has lost its key. */
export async function blankPayer(tx: Tx, { merchantId, payerId }: OfPayer): Promise<void> {
	await sql`
		update payers set email_hash = null, erased_at = clock_timestamp()
		where merchant_id = ${merchantId} and id = ${payerId}`.execute(tx)
	await sql`
		update payment_attempts a set request = a.request || '{"receiptEmail": null}'
		from payments p where p.id = a.payment_id and p.merchant_id = ${merchantId} and p.payer_id = ${payerId}
			and a.request ->> 'receiptEmail' is not null`.execute(tx)
	await sql`
		update disputes d set sealed_evidence = null
		from payments p where p.id = d.payment_id and p.merchant_id = ${merchantId} and p.payer_id = ${payerId}
			and d.sealed_evidence is not null`.execute(tx)
	await sql`
		update payments set sealed_email = null, sealed_ip = null, ip_hash = null
		where merchant_id = ${merchantId} and payer_id = ${payerId}`.execute(tx)
	await sql`delete from payer_views where merchant_id = ${merchantId} and payer_id = ${payerId}`.execute(tx)
}

export type PrivacyRequestRow = {
	id: string
	payer_id: string
	kind: PrivacyRequestKind
	status: 'done' | 'held'
	holds: Hold[]
	counts: Holdings
	reason: string | null
	requested_by: string
	created_at: Date
}

export async function insertPrivacyRequest(
	tx: Tx,
	{ holds, counts, ...request }: Omit<PrivacyRequestRow, 'created_at'> & { merchant_id: string },
): Promise<PrivacyRequestRow> {
	const row = await tx
		.insertInto('privacy_requests')
		.values({ ...request, holds: JSON.stringify(holds), counts: JSON.stringify(counts) })
		.returningAll()
		.executeTakeFirstOrThrow()
	return row as unknown as PrivacyRequestRow
}

export type RequestSearch = {
	merchantId: string
	limit: number
	payerId?: string | undefined
	starting_after?: string | undefined
	ending_before?: string | undefined
}

/** Newest first. */
export async function searchPrivacyRequests(db: Executor, search: RequestSearch) {
	let query = db.selectFrom('privacy_requests').selectAll().where('merchant_id', '=', search.merchantId)
	if (search.payerId) query = query.where('payer_id', '=', search.payerId)
	const backwards = search.ending_before !== undefined
	if (search.starting_after) query = query.where('id', '<', search.starting_after)
	if (search.ending_before) query = query.where('id', '>', search.ending_before)
	const found = await query
		.orderBy('id', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const page = found.slice(0, search.limit) as unknown as PrivacyRequestRow[]
	return { rows: backwards ? page.reverse() : page, hasMore: found.length > search.limit }
}

/** Whether this is the first time today that `viewer` opens this payer's data; remembers it, and forgets older days. */
export async function isFirstViewToday(
	tx: Tx,
	{ merchantId, payerId, viewer }: OfPayer & { viewer: string },
): Promise<boolean> {
	const { rows } = await sql`
		insert into payer_views (merchant_id, payer_id, viewer) values (${merchantId}, ${payerId}, ${viewer})
		on conflict do nothing returning viewer`.execute(tx)
	if (rows.length === 0) return false
	await sql`delete from payer_views where merchant_id = ${merchantId} and day < current_date`.execute(tx)
	return true
}
