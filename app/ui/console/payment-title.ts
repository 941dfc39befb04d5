import type { Payment } from '#app/contracts/payments.ts'

/** What a person calls this payment: its description, its customer, or its reference. */
export const paymentTitle = (payment: Payment): string =>
	payment.description ?? payment.receipt_email ?? payment.reference
