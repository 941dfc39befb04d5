import type { NewEvent } from '#db/queries/events.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { toRefund, type RefundRow } from '#db/queries/refunds.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { paymentEvent } from '../payments/payment-events.server.ts'

/** A refund changes two things people look at: itself, and what its payment can still give back. */
export function refundEvent(refund: RefundRow, payment: PaymentRow, type: string): NewEvent[] {
	return [
		{
			id: newId('evt'),
			merchant_id: refund.merchant_id,
			type,
			payment_id: refund.payment_id,
			checkout_session_id: payment.checkout_session_id,
			object: toRefund(refund),
		},
		paymentEvent(payment, 'payment.updated'),
	]
}
