import type { Kysely } from 'kysely'
import { findCheckoutSession, paymentOfSession } from '#db/queries/checkout-sessions.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { methodDetails } from '#db/queries/payment-snapshot.ts'
import { findQuote } from '#db/queries/fx-quotes.ts'
import type { DB } from '#db/schema.ts'
import type { ReceiptView } from '../contracts/checkout.ts'
import type { Payers } from '../vault/payers.server.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import { exchangeOf } from './exchange.server.ts'

/** The receipt of an order; `status` says whether it is paid at all. Null when nothing was tried yet. */
export async function presentReceipt(
	{ db, payers }: { db: Kysely<DB>; payers: Payers },
	{ sessionId }: { sessionId: string },
): Promise<ReceiptView | null> {
	const cursor = await presentCursor(db)
	const session = await findCheckoutSession(db, sessionId)
	const payment = session && (await paymentOfSession(db, sessionId))
	if (!session || !payment) return null
	const quote = payment.fx_quote_id === null ? undefined : await findQuote(db, payment.fx_quote_id)
	const opener = await payers.opener(db, [payment.sealed_email])
	return {
		merchantName: session.merchant_name,
		reference: payment.reference,
		amount: jsonAmount(payment.amount_minor),
		currency: payment.currency,
		method: methodDetails(payment),
		order: { amount: jsonAmount(session.amount_minor), currency: session.currency },
		exchange: quote ? exchangeOf(quote) : null,
		items: session.items,
		paidAt: (payment.captured_at ?? payment.created_at).getTime(),
		email: opener('email', payment.sealed_email),
		status: payment.status,
		cursor: cursorText(cursor),
	}
}
