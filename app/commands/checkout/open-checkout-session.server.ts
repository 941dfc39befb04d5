import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertCheckoutSession, shopMerchant } from '#db/queries/checkout-sessions.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newSecretId } from '../../domain/ids/new-secret-id.ts'
import { jsonAmount } from '../../domain/money/json-amount.ts'
import { PRODUCTS } from '../../domain/shop/products.ts'
import { takesNoPayments } from './session-errors.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date } }
type Input = { items: readonly { productId: string; quantity: number }[] }

const LIFE_MS = 24 * 3_600_000
const MOST_OF_ONE = 99

function priced({ productId, quantity }: Input['items'][number]) {
	const product = PRODUCTS.find(({ id }) => id === productId)
	if (!product)
		throw new DomainError('invalid', 'product_unknown', 'We do not sell that.', { param: 'product' })
	if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_OF_ONE) {
		throw new DomainError('invalid', 'quantity_invalid', `Choose between 1 and ${MOST_OF_ONE}.`, {
			param: 'quantity',
		})
	}
	return { ...product, quantity, totalMinor: product.amountMinor * BigInt(quantity) }
}

/** Opens an order of 24 hours. Amount and currency are decided here, from our own prices. */
export async function openCheckoutSession(
	{ db, clock }: Deps,
	{ items }: Input,
): Promise<{ sessionId: string }> {
	const lines = items.map(priced)
	const [first] = lines
	if (!first)
		throw new DomainError('invalid', 'order_empty', 'Choose at least one product.', { param: 'product' })
	const now = clock.now()
	const sessionId = newSecretId('cs')
	await inTransaction(db, async (tx) => {
		const shop = await shopMerchant(tx)
		if (!shop) throw new DomainError('unavailable', 'shop_closed', 'This shop is not set up yet.')
		if (shop.is_closed) throw takesNoPayments()
		await insertCheckoutSession(tx, {
			id: sessionId,
			merchant_id: shop.id,
			amount_minor: lines.reduce((sum, line) => sum + line.totalMinor, 0n),
			currency: first.currency,
			items: lines.map(({ name, quantity, totalMinor, image }) => ({
				name,
				quantity,
				amount: jsonAmount(totalMinor),
				image,
			})),
			created_at: now,
			expires_at: new Date(now.getTime() + LIFE_MS),
		})
	})
	return { sessionId }
}
