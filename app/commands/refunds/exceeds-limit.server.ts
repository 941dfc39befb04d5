import type { Kysely } from 'kysely'
import { findPayments } from '#db/queries/payments.ts'
import { listRefundLimits, refundedAlone } from '#db/queries/refund-limits.ts'
import type { DB } from '#db/schema.ts'

type Input = {
	merchantId: string
	/** A null amount gives back everything that is left. */
	refunds: readonly { paymentId: string; amountMinor: bigint | null }[]
}

/** Whether one of these refunds is above the limit from which a second person approves. */
export async function exceedsRefundLimit({ db }: { db: Kysely<DB> }, input: Input): Promise<boolean> {
	const { merchantId, refunds } = input
	const ids = refunds.map(({ paymentId }) => paymentId)
	const [payments, alone, limits] = await Promise.all([
		findPayments(db, { merchantId, ids }),
		refundedAlone(db, ids),
		listRefundLimits(db, merchantId),
	])
	const limitIn = new Map(limits.map((row) => [row.currency, row.approval_above_minor]))
	const found = new Map(payments.map((payment) => [payment.id, payment]))
	return refunds.some(({ paymentId, amountMinor }) => {
		const payment = found.get(paymentId)
		const limit = payment && limitIn.get(payment.currency)
		if (!payment || limit === undefined) return false
		const amount = amountMinor ?? payment.captured_minor - payment.refund_reserved_minor
		return amount + (alone.get(paymentId) ?? 0n) > limit
	})
}
