import { sql } from 'kysely'
import type { Executor, Tx } from '../client.ts'

type Scope = { merchantId: string; currency: string }

/** Above what a second person approves, in minor units; null = no limit. */
export async function findRefundLimit(db: Executor, { merchantId, currency }: Scope): Promise<bigint | null> {
	const { rows } = await sql<{ approval_above_minor: bigint }>`
		select approval_above_minor from refund_limits
		where merchant_id = ${merchantId} and currency = ${currency}`.execute(db)
	return rows[0]?.approval_above_minor ?? null
}

/** What went back of each payment, or is on its way, without a second person having agreed to it. */
export async function refundedAlone(
	db: Executor,
	paymentIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
	const { rows } = await sql<{ id: string; total: bigint }>`
		select payment_id as id, sum(amount_minor)::bigint as total from refunds
		where payment_id = any(${paymentIds}) and status in ('pending', 'requires_action', 'succeeded')
			and approval_decided_by is null and pending_reason is distinct from 'awaiting_approval'
			and not made_at_gateway
		group by payment_id`.execute(db)
	return new Map(rows.map((row) => [row.id, row.total]))
}

/** What one person or key has asked to give back of a payment: the parts count together against their own limit. */
export async function refundedBy(
	db: Executor,
	{ paymentId, by }: { paymentId: string; by: string },
): Promise<bigint> {
	const { rows } = await sql<{ total: bigint }>`
		select coalesce(sum(amount_minor), 0)::bigint as total from refunds
		where payment_id = ${paymentId} and requested_by = ${by}
			and status in ('pending', 'requires_action', 'succeeded')`.execute(db)
	return rows[0]?.total ?? 0n
}

export type RefundLimitRow = {
	currency: string
	approval_above_minor: bigint
	updated_by: string
	updated_at: Date
}

export async function listRefundLimits(db: Executor, merchantId: string): Promise<RefundLimitRow[]> {
	const { rows } = await sql<RefundLimitRow>`
		select currency, approval_above_minor, updated_by, updated_at from refund_limits
		where merchant_id = ${merchantId} order by currency`.execute(db)
	return rows
}

/** The limit as it was, locked until the end of the transaction. */
export async function lockRefundLimit(tx: Tx, { merchantId, currency }: Scope): Promise<bigint | null> {
	const { rows } = await sql<{ approval_above_minor: bigint }>`
		select approval_above_minor from refund_limits
		where merchant_id = ${merchantId} and currency = ${currency} for update`.execute(tx)
	return rows[0]?.approval_above_minor ?? null
}

export async function writeRefundLimit(
	tx: Tx,
	{ merchantId, currency }: Scope,
	limit: { aboveMinor: bigint | null; by: string },
): Promise<void> {
	if (limit.aboveMinor === null) {
		await sql`
			delete from refund_limits where merchant_id = ${merchantId} and currency = ${currency}`.execute(tx)
		return
	}
	await sql`
		insert into refund_limits (merchant_id, currency, approval_above_minor, updated_by)
		values (${merchantId}, ${currency}, ${limit.aboveMinor}, ${limit.by})
		on conflict (merchant_id, currency) do update set
			approval_above_minor = excluded.approval_above_minor, updated_by = excluded.updated_by,
			updated_at = now()`.execute(tx)
}
