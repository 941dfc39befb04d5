import type { Product } from '../contracts/checkout.ts'
import { PRODUCTS } from '../domain/shop/products.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

export const presentShop = (): Product[] =>
	PRODUCTS.map(({ amountMinor, ...product }) => ({ ...product, amount: jsonAmount(amountMinor) }))
