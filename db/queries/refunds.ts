import { sql, type Selectable } from 'kysely'
import type { Refund } from '../../app/contracts/payments.ts'
import { jsonAmount } from '../../app/domain/money/json-amount.ts'
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
	failure_reason: row.failure_reason,
	created: Math.floor(row.created_at.getTime() / 1000),
})

export async function insertRefund(
	tx: Tx,
	refund: Pick<
		RefundRow,
		'id' | 'merchant_id' | 'payment_id' | 'amount_minor' | 'currency' | 'reason' | 'provider' | 'requested_by'
	>,
): Promise<RefundRow> {
	return tx
		.insertInto('refunds')
		.values({ ...refund, status: 'pending' })
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

export async function lockRefund(tx: Tx, id: string): Promise<RefundRow | undefined> {
	const { rows } = await sql<RefundRow>`select * from refunds where id = ${id} for update`.execute(tx)
	return rows[0]
}

export async function patchRefund(
	tx: Tx,
	id: string,
	patch: Partial<Pick<RefundRow, 'status' | 'failure_reason' | 'provider_ref' | 'checks' | 'next_check_at'>>,
): Promise<RefundRow> {
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
