import type { Tx } from '#db/client.ts'
import { findQuotes, type FxQuote } from '#db/queries/fx-quotes.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { TwoSides } from '../../domain/ledger/conversion.ts'
import { conversionJournal } from '../../domain/ledger/conversion.ts'
import type { Journal } from '../../domain/ledger/journal.ts'
import { shareOf } from '../../domain/fx/share.ts'
import type { Cause } from '../../domain/payments/cause.ts'

type Booking = { journal: Journal; cause: Cause }

/** What of a quoted payment was captured, and what the merchant is credited with for it. */
export function capturedSides({ settlement, presentment }: FxQuote, capturedMinor: bigint): TwoSides {
	const whole = { presentmentMinor: presentment.minor, settlementMinor: settlement.minor }
	return {
		presentment: { minor: capturedMinor, currency: presentment.currency },
		settlement: { minor: shareOf(whole, capturedMinor), currency: settlement.currency },
	}
}

/** Step: puts behind each capture of a quoted payment the posting that turns it into the merchant's own currency. */
export async function withConversions(
	tx: Tx,
	payments: readonly PaymentRow[],
	captures: readonly Booking[],
): Promise<Booking[]> {
	const quoteOf = new Map(payments.flatMap((row) => (row.fx_quote_id ? [[row.id, row.fx_quote_id]] : [])))
	const ids = captures.flatMap(({ journal }) => quoteOf.get(journal.sourceId) ?? [])
	if (ids.length === 0) return [...captures]
	const quotes = new Map((await findQuotes(tx, ids)).map((quote) => [quote.id, quote]))
	return captures.flatMap((capture) => {
		const { journal, cause } = capture
		const quote = quotes.get(quoteOf.get(journal.sourceId) ?? '')
		if (!quote) return [capture]
		const credited = journal.lines.find(({ account }) => account === 'merchant_balance')
		const sides = capturedSides(quote, -(credited?.amountMinor ?? 0n))
		return [capture, { journal: conversionJournal(journal, sides), cause }]
	})
}
