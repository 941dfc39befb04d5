import { sql, type Selectable } from 'kysely'
import type { Dispute } from '../../app/contracts/disputes.ts'
import type { ReasonRecord } from '../../app/contracts/dispute-views.ts'
import type { DisputeStatus } from '../../app/domain/disputes/dispute-state.ts'
import { jsonAmount } from '../../app/domain/money/json-amount.ts'
import type { Executor, Tx } from '../client.ts'
import type { Disputes } from '../schema.ts'

export type DisputeRow = Selectable<Disputes>

const seconds = (at: Date | null): number | null => (at === null ? null : Math.floor(at.getTime() / 1000))

/** The case as everyone outside sees it; what was written to the bank is read apart. */
export const toDispute = (row: DisputeRow): Dispute => ({
	id: row.id as Dispute['id'],
	object: 'dispute',
	payment: row.payment_id as Dispute['payment'],
	amount: jsonAmount(row.amount_minor),
	currency: row.currency,
	fee: jsonAmount(row.fee_minor),
	stage: row.stage,
	status: row.status,
	funds: row.funds,
	reason: row.reason,
	network_reason_code: row.network_reason_code,
	is_charge_refundable: row.is_charge_refundable,
	evidence_details: {
		due_by: seconds(row.evidence_due_at),
		submitted_at: seconds(row.evidence_submitted_at),
		has_draft: row.sealed_evidence !== null,
	},
	pending_operation: row.requested_operation,
	opened: Math.floor(row.opened_at.getTime() / 1000),
	closed: seconds(row.closed_at),
	created: Math.floor(row.created_at.getTime() / 1000),
	updated_ms: row.updated_at.getTime(),
})

export async function findDispute(db: Executor, id: string): Promise<DisputeRow | undefined> {
	return db.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The payment's row must be locked before, as every writer does. */
export async function lockDispute(tx: Tx, id: string): Promise<DisputeRow | undefined> {
	return tx.selectFrom('disputes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function lockDisputeByRef(
	tx: Tx,
	provider: string,
	ref: string,
): Promise<DisputeRow | undefined> {
	return tx
		.selectFrom('disputes')
		.selectAll()
		.where('provider', '=', provider)
		.where('provider_ref', '=', ref)
		.forUpdate()
		.executeTakeFirst()
}

/** Which of these cases of a gateway we have. */
export async function knownDisputes(
	db: Executor,
	provider: string,
	refs: readonly string[],
): Promise<ReadonlySet<string>> {
	const { rows } = await sql<{ provider_ref: string }>`
		select provider_ref from disputes where provider = ${provider} and provider_ref = any(${refs})`.execute(db)
	return new Set(rows.map((row) => row.provider_ref))
}

type Judged = Pick<
	DisputeRow,
	| 'stage'
	| 'status'
	| 'funds'
	| 'amount_minor'
	| 'fee_minor'
	| 'reason'
	| 'network_reason_code'
	| 'is_charge_refundable'
	| 'evidence_due_at'
	| 'round'
	| 'submissions'
	| 'closed_at'
	| 'next_check_at'
>

type Answered = Pick<DisputeRow, 'evidence_submitted_at' | 'evidence_submitted_by'>

export async function insertDispute(
	tx: Tx,
	dispute: Judged &
		Pick<
			DisputeRow,
			'id' | 'merchant_id' | 'payment_id' | 'provider' | 'provider_ref' | 'currency' | 'opened_at'
		> &
		Partial<Answered>,
): Promise<DisputeRow> {
	return tx.insertInto('disputes').values(dispute).returningAll().executeTakeFirstOrThrow()
}

export type DisputePatch = Partial<
	Judged &
		Answered &
		Pick<
			DisputeRow,
			| 'requested_operation'
			| 'requested_by'
			| 'alerted_days'
			| 'settlement_minor'
			| 'settlement_currency'
			| 'fx_result_minor'
			| 'sealed_evidence'
		>
>

export async function patchDispute(tx: Tx, id: string, patch: DisputePatch): Promise<DisputeRow> {
	return tx
		.updateTable('disputes')
		.set({ ...patch, updated_at: sql<Date>`clock_timestamp()` })
		.where('id', '=', id)
		.returningAll()
		.executeTakeFirstOrThrow()
}

/** The cases of one payment, oldest first. */
export async function disputesOf(db: Executor, paymentId: string): Promise<DisputeRow[]> {
	return db
		.selectFrom('disputes')
		.selectAll()
		.where('payment_id', '=', paymentId)
		.orderBy('opened_at')
		.orderBy('id')
		.execute()
}

export type DisputeSearch = {
	merchantId: string
	limit: number
	status?: DisputeStatus | undefined
	payment?: string | undefined
	starting_after?: string | undefined
	ending_before?: string | undefined
}

/** Newest first; `ending_before` reads the page before. */
export async function searchDisputes(db: Executor, search: DisputeSearch) {
	let query = db.selectFrom('disputes').selectAll().where('merchant_id', '=', search.merchantId)
	if (search.status) query = query.where('status', '=', search.status)
	if (search.payment) query = query.where('payment_id', '=', search.payment)
	const backwards = search.ending_before !== undefined
	if (search.starting_after) query = query.where('id', '<', search.starting_after)
	if (search.ending_before) query = query.where('id', '>', search.ending_before)
	const rows = await query
		.orderBy('id', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const found = rows.slice(0, search.limit)
	return { rows: backwards ? found.reverse() : found, hasMore: rows.length > search.limit }
}

/** How the merchant's cases ended, by the bank's reason, most frequent first. */
export async function readWinRates(db: Executor, merchantId: string): Promise<ReasonRecord[]> {
	const { rows } = await sql<ReasonRecord>`
		select reason, count(*) filter (where status = 'won')::int as won,
			count(*) filter (where status = 'lost')::int as lost,
			count(*) filter (where status in ('needs_response', 'under_review'))::int as open
		from disputes where merchant_id = ${merchantId}
		group by reason order by count(*) desc, reason`.execute(db)
	return rows
}

/** Cases whose next look at the gateway is due, most overdue first. */
export async function disputesToLookAt(db: Executor, now: Date, limit: number): Promise<DisputeRow[]> {
	return db
		.selectFrom('disputes')
		.selectAll()
		.where('next_check_at', '<=', now)
		.orderBy('next_check_at')
		.limit(limit)
		.execute()
}

/** Unanswered cases that have reached an alert (7, 3, 1 or 0 days before the due date) they have not had, most urgent first. */
export async function disputesToAlert(db: Executor, now: Date, limit: number): Promise<DisputeRow[]> {
	const { rows } = await sql<DisputeRow>`
		select * from disputes
		where status = 'needs_response' and evidence_submitted_at is null
			and evidence_due_at <= ${now}::timestamptz + case
				when alerted_days is null then interval '7 days'
				when alerted_days = 7 then interval '3 days'
				when alerted_days = 3 then interval '1 day'
				when alerted_days = 1 then interval '0' end
		order by evidence_due_at limit ${limit}`.execute(db)
	return rows
}

export type DisputeAudit = { seq: bigint; at: Date; actor: string; action: string; payload: unknown }

/** The case's own story, from the log nobody can rewrite. */
export async function listDisputeAudit(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<DisputeAudit[]> {
	const { rows } = await sql<DisputeAudit>`
		select seq, at, actor, action, payload from audit_log
		where merchant_id = ${merchantId} and subject_id = ${id} order by seq`.execute(db)
	return rows
}
