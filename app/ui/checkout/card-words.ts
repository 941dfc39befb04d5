const BRANDS: Readonly<Record<string, string>> = {
	visa: 'Visa',
	mastercard: 'Mastercard',
	amex: 'American Express',
	discover: 'Discover',
	diners: 'Diners Club',
	jcb: 'JCB',
	unionpay: 'UnionPay',
}

/** "Visa ending in 4242", or as much of it as is known. */
export function cardWords(card: { brand: string | null; last4: string | null }): string {
	const brand = card.brand ? (BRANDS[card.brand] ?? card.brand) : 'Card'
	return card.last4 ? `${brand} ending in ${card.last4}` : brand
}
