import { sql } from 'kysely'
import type { CauseKind } from '../../app/domain/payments/cause.ts'
import type { PaymentState } from '../../app/domain/payments/payment-state.ts'
import type { Executor } from '../client.ts'

export type HistoryRow = {
	seq: number
	from_status: PaymentState | 'none'
	to_status: PaymentState
	cause_kind: CauseKind
	cause_ref: string | null
	at: Date
}

export async function listHistory(db: Executor, paymentId: string): Promise<HistoryRow[]> {
	const { rows } = await sql<HistoryRow>`
		select seq, from_status, to_status, cause_kind, cause_ref, at from payment_history
		where payment_id = ${paymentId} order by seq`.execute(db)
	return rows
}
