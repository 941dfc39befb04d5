import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { KeptRequest } from '../../domain/payments/ports.ts'
import { handOver } from '../../domain/routing/hand-over.ts'

/** Where a challenge or approval that leaves our pages leads back to. */
export type WayBack = (payment: PaymentRow) => { returnUrl: string; cancelUrl: string }

/** The call that charges a payment at a gateway, under a new id; null when the payment names no method. */
export function planCharge(
	payment: PaymentRow,
	{ gateway, methodType, isHeld }: { gateway: string; methodType: MethodType | null; isHeld: boolean },
	wayBack: WayBack,
): KeptRequest | null {
	const handed = { ...payment, ...handOver(payment, gateway) }
	if (handed.payment_method === null) return null
	return {
		attemptId: newId('att'),
		paymentId: payment.id,
		amountMinor: payment.amount_minor,
		currency: payment.currency,
		method: handed.payment_method,
		methodType,
		capture: isHeld ? 'manual' : payment.capture_method,
		description: payment.description,
		receiptEmail: payment.sealed_email,
		payerPresent: payment.payer_present,
		...wayBack(handed),
	}
}
