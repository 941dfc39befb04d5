import { cardBrand } from '../kit/card-brand.ts'

/** "Visa ending in 4242", or as much of it as is known. */
export function cardWords(card: { brand: string | null; last4: string | null }): string {
	const brand = card.brand ? cardBrand(card.brand) : 'Card'
	return card.last4 ? `${brand} ending in ${card.last4}` : brand
}
