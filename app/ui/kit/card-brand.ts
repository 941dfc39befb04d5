const BRANDS: Readonly<Record<string, string>> = {
	visa: 'Visa',
	mastercard: 'Mastercard',
	amex: 'American Express',
	discover: 'Discover',
	diners: 'Diners Club',
	jcb: 'JCB',
	unionpay: 'UnionPay',
}

/** The name people know a card brand by; an unknown one stays as the gateway spells it. */
export const cardBrand = (brand: string): string => BRANDS[brand] ?? brand
