import type { Tx } from '#db/client.ts'
import type { CheckoutSessionRow } from '#db/queries/checkout-sessions.ts'
import { findQuote, type FxQuote } from '#db/queries/fx-quotes.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

export type OrderPrice = Pick<PaymentRow, 'amount_minor' | 'currency' | 'fx_quote_id'>

type Input = {
	session: CheckoutSessionRow
	quoteId: string | undefined
	/** The order's payment, from its second try on. */
	paymentId: string | null
}

const isOfOrder = ({ checkoutSessionId, settlement }: FxQuote, session: CheckoutSessionRow): boolean =>
	checkoutSessionId === session.id &&
	settlement.minor === session.amount_minor &&
	settlement.currency === session.currency

/**
 * Step: what the shopper is charged: the order's own amount, or what its quote says. A quote that is over, of another
 * order, or used by another payment charges nothing. Throws quote_expired.
 */
export async function priceOrder(
	tx: Tx,
	{ clock }: { clock: { now(): Date } },
	{ session, quoteId, paymentId }: Input,
): Promise<OrderPrice> {
	if (quoteId === undefined) {
		return { amount_minor: session.amount_minor, currency: session.currency, fx_quote_id: null }
	}
	const quote = await findQuote(tx, quoteId)
	const isFree = quote?.usedByPayment === null || quote?.usedByPayment === paymentId
	if (!quote || !isFree || !isOfOrder(quote, session) || quote.expiresAt <= clock.now()) {
		throw new DomainError(
			'conflict',
			'quote_expired',
			'quote_id: this price no longer holds. Nothing was charged. Look at the new price and pay again.',
			{ param: 'quote_id' },
		)
	}
	const { minor: amount_minor, currency } = quote.presentment
	return { amount_minor, currency, fx_quote_id: quote.id }
}
