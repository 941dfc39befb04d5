import type { PaymentIntent } from '../books/payment-shapes.ts'
import type { ErrorDetails } from '../http/errors.ts'
import type { Desk } from '../sandbox.ts'
import { publish } from './publish.ts'

/** Back to the start: another method may be tried on the same intent. */
export function fail(
	desk: Desk,
	intent: PaymentIntent,
	error: ErrorDetails,
	latestCharge = intent.latest_charge,
): PaymentIntent {
	const failed = desk.books.intents.put({
		...intent,
		last_payment_error: error,
		latest_charge: latestCharge,
		next_action: null,
		payment_method: null,
		status: 'requires_payment_method',
	})
	publish(desk, 'payment_intent.payment_failed', failed)
	return failed
}
