import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { lockCheckoutSession } from '#db/queries/checkout-sessions.ts'
import { findLiveQuote, type FxQuote } from '#db/queries/fx-quotes.ts'
import { readMerchantFx } from '#db/queries/merchant-fx.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { QUOTE_LIFE_MS } from '../../domain/fx/quote.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { sessionExpired, sessionNotFound } from '../checkout/session-errors.server.ts'
import type { Rates } from './current-rates.server.ts'
import { makeQuote, requireRates } from './make-quote.server.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; livemode: boolean; rates: Rates }

/** A shopper who looks at the same currency again is told the same, until half of the time is over. */
const STILL_GOOD_MS = QUOTE_LIFE_MS / 2

/**
 * What an order costs in another currency, held for ten minutes. Throws checkout_session_expired,
 * currency_not_quoted, rates_too_old.
 */
export async function quoteCheckout(
	deps: Deps,
	{ sessionId, currency }: { sessionId: string; currency: string },
): Promise<FxQuote> {
	const table = await deps.rates.current()
	return inTransaction(deps.db, async (tx) => {
		const session = await lockCheckoutSession(tx, sessionId)
		if (!session) throw sessionNotFound()
		const now = deps.clock.now()
		if (session.expires_at <= now) throw sessionExpired()
		const { settlementCurrency } = await readMerchantFx(tx, session.merchant_id)
		if (currency === session.currency || session.currency !== settlementCurrency) {
			throw new DomainError(
				'invalid',
				'currency_not_quoted',
				`currency: this order is paid in ${session.currency.toUpperCase()} as it is.`,
				{ param: 'currency' },
			)
		}
		requireRates(table, deps)
		const until = new Date(now.getTime() + STILL_GOOD_MS)
		const live = await findLiveQuote(tx, { sessionId, currency, until })
		if (live?.asOf === table.asOf && live.source === table.source) return live
		return makeQuote(tx, deps, table, {
			id: newId('fxq'),
			merchantId: session.merchant_id,
			checkoutSessionId: session.id,
			settlement: { minor: session.amount_minor, currency: session.currency },
			currency,
			param: 'currency',
		})
	})
}
