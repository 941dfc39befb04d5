import { sql } from 'kysely'
import type { PaymentState } from '../../app/domain/payments/payment-state.ts'
import type { Executor } from '../client.ts'

export type WaitingPayment = { id: string; merchant_id: string; status: PaymentState }

/** Payments whose next look is overdue, oldest first. */
export async function overduePayments(db: Executor, limit: number): Promise<WaitingPayment[]> {
	const { rows } = await sql<WaitingPayment>`
		select id, merchant_id, status from payments
		where next_check_at < now() and status not in ('succeeded', 'failed', 'canceled')
		order by next_check_at limit ${limit}`.execute(db)
	return rows
}

/** Puts the next look off, so that one stuck payment is not looked at every minute. */
export async function postponeLook(db: Executor, id: string, seconds: number): Promise<void> {
	await sql`
		update payments set next_check_at = now() + make_interval(secs => ${seconds})
		where id = ${id} and status not in ('succeeded', 'failed', 'canceled')`.execute(db)
}
