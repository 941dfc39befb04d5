import { sql } from 'kysely'
import type { PaymentFilters } from '../../app/contracts/console.ts'
import type { CauseKind } from '../../app/domain/payments/cause.ts'
import type { PaymentState } from '../../app/domain/payments/payment-state.ts'
import type { Executor, Tx } from '../client.ts'
import type { PaymentRow } from './payment-snapshot.ts'

export type NewPayment = Pick<
	PaymentRow,
	| 'id'
	| 'merchant_id'
	| 'status'
	| 'reference'
	| 'amount_minor'
	| 'currency'
	| 'capture_method'
	| 'description'
	| 'payer_id'
	| 'sealed_email'
	| 'sealed_ip'
	| 'ip_hash'
	| 'metadata'
	| 'checkout_session_id'
	| 'fx_quote_id'
	| 'gateway'
	| 'payment_method'
	| 'method_type'
	| 'fallback_methods'
	| 'payer_present'
	| 'livemode'
	| 'client_country'
	| 'cause_kind'
	| 'cause_ref'
	| 'created_at'
	| 'next_check_at'
>

/** bigint has no JSON form; Postgres reads the digits. */
export const toJson = (rows: readonly object[]): string =>
	JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

export async function insertPayments(tx: Tx, payments: readonly NewPayment[]): Promise<void> {
	await sql`
		insert into payments (id, merchant_id, status, reference, amount_minor, currency, capture_method, description,
			payer_id, sealed_email, sealed_ip, ip_hash, metadata, checkout_session_id, fx_quote_id, gateway, payment_method,
			method_type, fallback_methods, payer_present, livemode, client_country, cause_kind, cause_ref, created_at, updated_at, next_check_at)
		select id, merchant_id, status, reference, amount_minor, currency, capture_method, description,
			payer_id, sealed_email, sealed_ip, ip_hash, metadata, checkout_session_id, fx_quote_id, gateway, payment_method,
			method_type, fallback_methods, payer_present, livemode, client_country, cause_kind, cause_ref, created_at, created_at, next_check_at
		from jsonb_populate_recordset(null::payments, ${toJson(payments)}::jsonb)`.execute(tx)
}

export async function findPayment(
	db: Executor,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<PaymentRow | undefined> {
	const { rows } = await sql<PaymentRow>`
		select * from payments where merchant_id = ${merchantId} and id = ${id}`.execute(db)
	return rows[0]
}

export async function findPayments(
	db: Executor,
	{ merchantId, ids }: { merchantId: string; ids: readonly string[] },
): Promise<PaymentRow[]> {
	const { rows } = await sql<PaymentRow>`
		select * from payments where merchant_id = ${merchantId} and id = any(${ids}) order by id desc`.execute(db)
	return rows
}

/** For jobs, whose payload carries only the payment's id. */
export async function findPaymentForJob(db: Executor, id: string): Promise<PaymentRow | undefined> {
	const { rows } = await sql<PaymentRow>`select * from payments where id = ${id}`.execute(db)
	return rows[0]
}

/** Rows are locked in id order, so two transactions never wait for each other in a circle. */
export async function lockPayments(tx: Tx, ids: readonly string[]): Promise<PaymentRow[]> {
	const { rows } = await sql<PaymentRow>`
		select * from payments where id = any(${ids}) order by id for update`.execute(tx)
	return rows
}

export async function lockPayment(
	tx: Tx,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<PaymentRow | undefined> {
	const { rows } = await sql<PaymentRow>`
		select * from payments where merchant_id = ${merchantId} and id = ${id} for update`.execute(tx)
	return rows[0]
}

/** One state change; several of one payment go in several calls, so that each leaves its own history row. */
export type PaymentChange = {
	id: string
	status: PaymentState
	cause_kind: CauseKind
	cause_ref: string | null
}

export async function movePayments(tx: Tx, changes: readonly PaymentChange[]): Promise<void> {
	if (changes.length === 0) return
	await sql`
		update payments p set status = c.status, cause_kind = c.cause_kind, cause_ref = c.cause_ref
		from jsonb_to_recordset(${toJson(changes)}::jsonb)
			as c (id text, status text, cause_kind text, cause_ref text)
		where p.id = c.id and p.id = any(${changes.map((change) => change.id)})`.execute(tx)
}

/** What the last step of a change writes; undefined members keep what the row has. */
export type PaymentPatch = PaymentChange &
	Partial<
		Pick<
			PaymentRow,
			| 'amount_minor'
			| 'currency'
			| 'fx_quote_id'
			| 'captured_minor'
			| 'captured_at'
			| 'next_check_at'
			| 'next_action_url'
			| 'error'
			| 'gateway'
			| 'payment_method'
			| 'method_type'
			| 'fallback_methods'
			| 'payer_id'
			| 'sealed_email'
			| 'sealed_ip'
			| 'ip_hash'
			| 'client_country'
			| 'requested_operation'
			| 'requested_minor'
			| 'requested_by'
			| 'refund_reserved_minor'
			| 'refunded_minor'
			| 'card_brand'
			| 'card_last4'
			| 'card_exp_month'
			| 'card_exp_year'
			| 'card_country'
			| 'card_fingerprint'
			| 'risk_score'
			| 'risk_decision'
			| 'risk_reasons'
		>
	>

/** Writes locked rows back, all in one statement, and returns them as they now are. */
export async function patchPayments(
	tx: Tx,
	rows: readonly PaymentRow[],
	patches: readonly PaymentPatch[],
): Promise<PaymentRow[]> {
	if (patches.length === 0) return []
	const byId = new Map(rows.map((row) => [row.id, row]))
	const next = patches.map((patch) => ({ ...byId.get(patch.id), ...patch }))
	const result = await sql<PaymentRow>`
		update payments p set
			status = c.status, cause_kind = c.cause_kind, cause_ref = c.cause_ref,
			amount_minor = c.amount_minor, currency = c.currency, fx_quote_id = c.fx_quote_id,
			captured_minor = c.captured_minor, captured_at = c.captured_at, next_check_at = c.next_check_at,
			next_action_url = c.next_action_url, error = c.error, gateway = c.gateway, payment_method = c.payment_method,
			method_type = c.method_type, fallback_methods = c.fallback_methods, client_country = c.client_country,
			payer_id = c.payer_id, sealed_email = c.sealed_email, sealed_ip = c.sealed_ip, ip_hash = c.ip_hash,
			requested_operation = c.requested_operation, requested_minor = c.requested_minor,
			requested_by = c.requested_by, refund_reserved_minor = c.refund_reserved_minor,
			refunded_minor = c.refunded_minor, card_brand = c.card_brand, card_last4 = c.card_last4,
			card_exp_month = c.card_exp_month, card_exp_year = c.card_exp_year, card_country = c.card_country,
			card_fingerprint = c.card_fingerprint, risk_score = c.risk_score, risk_decision = c.risk_decision,
			risk_reasons = c.risk_reasons
		from jsonb_populate_recordset(null::payments, ${toJson(next)}::jsonb) c
		-- The list is what makes the planner use the key: it cannot see how few rows the JSON has.
		where p.id = c.id and p.id = any(${patches.map((patch) => patch.id)})
		returning p.*`.execute(tx)
	return result.rows
}

export type PaymentPage = { rows: PaymentRow[]; hasMore: boolean }

export type PaymentSearch = PaymentFilters & {
	merchantId: string
	limit: number
	/** Bounds in minor units, made from the decimal text of the filters. */
	minMinor?: bigint | undefined
	maxMinor?: bigint | undefined
	/** Of `q`, when it is a whole address. */
	emailHash?: string | undefined
}

/** Newest first; `ending_before` reads the page before. One row more than asked tells whether there is another page. */
export async function searchPayments(db: Executor, search: PaymentSearch): Promise<PaymentPage> {
	let query = db.selectFrom('payments').selectAll().where('merchant_id', '=', search.merchantId)
	if (search.status) query = query.where('status', '=', search.status as PaymentState)
	if (search.currency) query = query.where('currency', '=', search.currency)
	if (search.minMinor !== undefined) query = query.where('amount_minor', '>=', search.minMinor)
	if (search.maxMinor !== undefined) query = query.where('amount_minor', '<=', search.maxMinor)
	if (search.from) query = query.where('created_at', '>=', new Date(search.from))
	if (search.to) query = query.where('created_at', '<', new Date(search.to))
	const text = search.q?.trim().toLowerCase()
	if (text) {
		query = query.where((where) =>
			where.or([
				where('id', '=', text),
				where(sql`lower(reference)`, '=', text),
				where('card_last4', '=', text),
				...(search.emailHash === undefined
					? []
					: [
							where(
								'payer_id',
								'=',
								db
									.selectFrom('payers')
									.select('id')
									.where('merchant_id', '=', search.merchantId)
									.where('email_hash', '=', search.emailHash),
							),
						]),
				where(sql`lower(description)`, 'like', `%${text.replace(/[\\%_]/g, '\\$&')}%`),
			]),
		)
	}
	const backwards = search.ending_before !== undefined
	if (search.starting_after) query = query.where('id', '<', search.starting_after)
	if (search.ending_before) query = query.where('id', '>', search.ending_before)
	const rows = await query
		.orderBy('id', backwards ? 'asc' : 'desc')
		.limit(search.limit + 1)
		.execute()
	const page = rows.slice(0, search.limit)
	return { rows: backwards ? page.reverse() : page, hasMore: rows.length > search.limit }
}
