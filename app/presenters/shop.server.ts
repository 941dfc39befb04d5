import type { Product } from '../contracts/checkout.ts'
import { PRODUCTS } from '../domain/shop/products.ts'

export const presentShop = (): Product[] =>
	PRODUCTS.map(({ amountMinor, ...product }) => ({ ...product, amount: Number(amountMinor) }))
