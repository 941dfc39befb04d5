import type { Payment } from '#app/contracts/payments.ts'
import { cardBrand } from '../kit/card-brand.ts'

/** "Visa •••• 4242", or null while no card is known. */
export function cardName(card: Payment['payment_method'] | { brand: string | null; last4: string | null }) {
	if (!card?.last4) return null
	const brand = card.brand ? cardBrand(card.brand) : 'Card'
	return `${brand} •••• ${card.last4}`
}

/** What a person calls this payment: its description, its customer, or its reference. */
export const paymentTitle = (payment: Payment): string =>
	payment.description ?? payment.receipt_email ?? payment.reference
