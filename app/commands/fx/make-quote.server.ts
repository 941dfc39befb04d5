import type { FxQuote as FxQuoteRow } from '#db/queries/fx-quotes.ts'
import { readMerchantFx } from '#db/queries/merchant-fx.ts'
import { insertQuote } from '#db/queries/fx-quotes.ts'
import type { Tx } from '#db/client.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { quoteTerms } from '../../domain/fx/quote.ts'
import { mayQuote, type RateTable } from '../../domain/fx/rate-table.ts'
import type { Money } from '../../domain/money/money.ts'

export type QuoteInput = {
	id: string
	merchantId: string
	checkoutSessionId: string | null
	settlement: Money
	currency: string
	/** The field of the request that names the other currency. */
	param: string
}

type Deps = { clock: { now(): Date }; livemode: boolean }

/** Throws rates_too_old when nobody may be charged by these rates. */
export function requireRates(table: RateTable, { clock, livemode }: Deps): void {
	if (mayQuote(table, { now: clock.now(), livemode })) return
	throw new DomainError(
		'conflict',
		'rates_too_old',
		`The newest exchange rates are of ${table.asOf}, too old to charge anybody by. Pay in the order’s own currency.`,
	)
}

/** Step: prices an amount in another currency and keeps the promise. Throws currency_not_quoted, rates_too_old. */
export async function makeQuote(
	tx: Tx,
	deps: Deps,
	table: RateTable,
	input: QuoteInput,
): Promise<FxQuoteRow> {
	requireRates(table, deps)
	const now = deps.clock.now()
	const { id, merchantId, checkoutSessionId, settlement, currency, param } = input
	const { spreadBps } = await readMerchantFx(tx, merchantId)
	const terms = quoteTerms(settlement, currency, { table, spreadBps, now })
	if (!terms) {
		throw new DomainError(
			'invalid',
			'currency_not_quoted',
			`${param}: there is no exchange rate from ${settlement.currency.toUpperCase()} to ${currency.toUpperCase()} for this amount.`,
			{ param },
		)
	}
	const quote = {
		...terms,
		id,
		merchantId,
		checkoutSessionId,
		createdAt: now,
		usedByPayment: null,
	}
	await insertQuote(tx, quote)
	return quote
}
