import { newId } from '../../domain/ids/new-id.ts'
import type { NewEvent } from '#db/queries/events.ts'
import { toPayment, type PaymentRow } from '#db/queries/payment-snapshot.ts'

/** The event of a state change; a decline that lets the payer try again has a name of its own. */
export function paymentEvent(row: PaymentRow, type?: string): NewEvent {
	const declined = row.status === 'requires_payment_method'
	return {
		id: newId('evt'),
		merchant_id: row.merchant_id,
		type: type ?? (declined ? 'payment.declined' : `payment.${row.status}`),
		payment_id: row.id,
		checkout_session_id: row.checkout_session_id,
		object: toPayment(row),
	}
}
