import type { Tx } from '#db/client.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment } from '#db/queries/payments.ts'
import { findRefund, lockRefund, type RefundRow } from '#db/queries/refunds.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

export const refundNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'refund_not_found', `There is no refund ${id}.`, { param: 'id' })

/** A refund of this merchant and its payment, locked in the order every writer uses. Throws refund_not_found. */
export async function lockRefundOf(
	tx: Tx,
	{ merchantId, refundId }: { merchantId: string; refundId: string },
): Promise<{ refund: RefundRow; payment: PaymentRow }> {
	const found = await findRefund(tx, refundId)
	if (found?.merchant_id !== merchantId) throw refundNotFound(refundId)
	const payment = await lockPayment(tx, { merchantId, id: found.payment_id })
	const refund = await lockRefund(tx, refundId)
	if (!refund || !payment) throw refundNotFound(refundId)
	return { refund, payment }
}
