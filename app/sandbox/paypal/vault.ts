import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { newPayPalId } from './ids.ts'
import { answerOfBank, APPROVED } from './declines.ts'

/** `store_in_vault: ON_SUCCESS`: the card is kept under an id of its own once it was good for a payment. */
export function keepInVault(desk: Desk, order: PayPalOrder): PayPalOrder {
	const { source } = order
	if (source?.kind !== 'card' || !source.vault || source.vaultId !== null) return order
	const card = desk.books.paypalCards.get(source.card)
	if (!card || answerOfBank(card.number) !== APPROVED) return order
	const kept = desk.books.paypalCards.put({
		...card,
		id: newPayPalId().toLowerCase(),
		singleUse: false,
		spentBy: null,
	})
	return { ...order, source: { ...source, vaultId: kept.id } }
}
