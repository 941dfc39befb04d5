import { sql, type Selectable } from 'kysely'
import type { Refund } from '../../app/contracts/payments.ts'
import { jsonAmount } from '../../app/domain/money/json-amount.ts'
import { failureMessage } from '../../app/domain/refunds/refund-reasons.ts'
import type { Executor, Tx } from '../client.ts'
import type { Refunds } from '../schema.ts'

export type RefundRow = Selectable<Refunds>

export const toRefund = (row: RefundRow): Refund => ({
	id: row.id,
	object: 'refund',
	payment: row.payment_id as Refund['payment'],
	amount: jsonAmount(row.amount_minor),
	currency: row.currency,
	status: row.status,
	reason: row.reason,
	pending_reason: row.pending_reason,
	failure_reason: row.failure_reason,
	failure_message: row.failure_reason === null ? null : failureMessage(row.failure_reason),
	made_at_gateway: row.made_at_gateway,
	created: Math.floor(row.created_at.getTime() / 1000),
})

export type NewRefund = Pick<
	RefundRow,
	| 'id'
	| 'merchant_id'
	| 'payment_id'
	| 'amount_minor'
	| 'currency'
	| 'reason'
	| 'provider'
	| 'requested_by'
	| 'pending_reason'
> &
	Partial<
		Pick<
			RefundRow,
			| 'provider_ref'
			| 'made_at_gateway'
			| 'status'
			| 'failure_reason'
			| 'settlement_minor'
			| 'settlement_currency'
			| 'fx_result_minor'
		>
	>

/** Born with its next look, `lookInSeconds` from now: whatever happens to its job, the janitor finds it. */
export async function insertRefund(
	tx: Tx,
	refund: NewRefund,
	lookInSeconds: number | null,
): Promise<RefundRow> {
	return tx
		.insertInto('refunds')
		.values({
			status: 'pending',
			...refund,
			next_check_at:
				lookInSeconds === null ? null : sql<Date>`now() + make_interval(secs => ${lookInSeconds})`,
		})
		.returningAll()
		.executeTakeFirstOrThrow()
}

export async function findRefund(db: Executor, id: string): Promise<RefundRow | undefined> {
	const { rows } = await sql<RefundRow>`select * from refunds where id = ${id}`.execute(db)
	return rows[0]
}

export async function findRefundByRef(
	db: Executor,
	provider: string,
	ref: string,
): Promise<RefundRow | undefined> {
	const { rows } = await sql<RefundRow>`
		select * from refunds where provider = ${provider} and provider_ref = ${ref}`.execute(db)
	return rows[0]
}

/** The payment's row must be locked before. */
export async function lockRefund(tx: Tx, id: string): Promise<RefundRow | undefined> {
	const { rows } = await sql<RefundRow>`select * from refunds where id = ${id} for update`.execute(tx)
	return rows[0]
}

export type RefundPatch = Partial<
	Pick<
		RefundRow,
		| 'status'
		| 'pending_reason'
		| 'failure_reason'
		| 'provider_ref'
		| 'checks'
		| 'next_check_at'
		| 'approval_decided_by'
		| 'approval_decided_at'
		| 'cancel_requested_by'
	>
>

export async function patchRefund(tx: Tx, id: string, patch: RefundPatch): Promise<RefundRow> {
	return tx
		.updateTable('refunds')
		.set({ ...patch, updated_at: sql`clock_timestamp()` })
		.where('id', '=', id)
		.returningAll()
		.executeTakeFirstOrThrow()
}

export async function listRefunds(db: Executor, paymentId: string): Promise<RefundRow[]> {
	const { rows } = await sql<RefundRow>`
		select * from refunds where payment_id = ${paymentId} order by id`.execute(db)
	return rows
}

/** Open refunds whose next look is overdue, oldest first. */
export async function overdueRefunds(db: Executor, limit: number): Promise<RefundRow[]> {
	const { rows } = await sql<RefundRow>`
		select * from refunds
		where next_check_at < now() and status in ('pending', 'requires_action')
		order by next_check_at limit ${limit}`.execute(db)
	return rows
}

/** Puts the next look of an open refund off. */
export async function postponeRefundLook(tx: Tx, id: string, seconds: number): Promise<void> {
	await sql`
		update refunds set next_check_at = now() + make_interval(secs => ${seconds})
		where id = ${id} and status in ('pending', 'requires_action')`.execute(tx)
}

export type RefundSearch = {
	merchantId: string
	limit: number
	status?: RefundRow['status'] | undefined
	paymentId?: string | undefined
	awaitingApproval?: boolean | undefined
	startingAfter?: string | undefined
	endingBefore?: string | undefined
}

export type ListedRefund = RefundRow & { reference: string; description: string | null }

/** Newest first; `endingBefore` reads the page before. One row more than asked tells of another page. */
export async function searchRefunds(
	db: Executor,
	search: RefundSearch,
): Promise<{ rows: ListedRefund[]; hasMore: boolean }> {
	let query = db
		.selectFrom('refunds')
		.innerJoin('payments', 'payments.id', 'refunds.payment_id')
		.selectAll('refunds')
		.select(['payments.reference', 'payments.description'])
		.where('refunds.merchant_id', '=', search.merchantId)
	if (search.status) query = query.where('refunds.status', '=', search.status)
	if (search.paymentId) query = query.where('refunds.payment_id', '=', search.paymentId)
	if (search.awaitingApproval) query = query.where('refunds.pending_reason', '=', 'awaiting_approval')
	const backwards = search.endingBefore !== undefined
	if (search.startingAfter) query = query.where('refunds.id', '<', search.startingAfter)
	if (search.endingBefore) query = query.where('refunds.id', '>', search.endingBefore)
	const rows = await query
		.orderBy('refunds.id', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const page = rows.slice(0, search.limit)
	return { rows: backwards ? page.reverse() : page, hasMore: rows.length > search.limit }
}
