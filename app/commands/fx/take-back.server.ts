import type { Tx } from '#db/client.ts'
import type { AuditEntry } from '#db/queries/audit.ts'
import { findQuote, takenBack } from '#db/queries/fx-quotes.ts'
import { latestRates } from '#db/queries/fx-rates.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { crossRate } from '../../domain/fx/rate-table.ts'
import { resultOfRateChange, shareToTakeBack } from '../../domain/fx/share.ts'
import { conversionBackJournal, conversionUndoneJournal } from '../../domain/ledger/conversion.ts'
import { currenciesOf, type Journal, type JournalLine } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { capturedSides } from './book-conversions.server.ts'

/** What a refund or a dispute takes from the merchant's own balance; all null when the payment was not quoted. */
export type TakenBack = {
	settlement_minor: bigint | null
	settlement_currency: string | null
	/** What it costs the house beyond that today; negative is a gain. */
	fx_result_minor: bigint | null
}

const NOT_QUOTED: TakenBack = { settlement_minor: null, settlement_currency: null, fx_result_minor: null }

/**
 * Step: prices what goes back to the payer at the payment's own rate. Its cost today comes from the newest rates,
 * however old; without any, it is taken to cost what it brought. The payment must be locked.
 */
export async function priceTakeBack(
	tx: Tx,
	payment: PaymentRow,
	amountMinor: bigint,
	exceptDispute: string | null = null,
): Promise<TakenBack> {
	const quote = payment.fx_quote_id === null ? undefined : await findQuote(tx, payment.fx_quote_id)
	if (!quote) return NOT_QUOTED
	const { presentment, settlement } = capturedSides(quote, payment.captured_minor)
	const whole = { presentmentMinor: presentment.minor, settlementMinor: settlement.minor }
	const taken = await takenBack(tx, { paymentId: payment.id, exceptDispute })
	const share = shareToTakeBack(whole, taken, amountMinor)
	const rates = await latestRates(tx)
	const today = rates ? crossRate(rates, settlement.currency, presentment.currency) : null
	return {
		settlement_minor: share,
		settlement_currency: settlement.currency,
		fx_result_minor: resultOfRateChange(share, quote.midRate, today ?? quote.midRate),
	}
}

type Row = TakenBack & {
	id: string
	merchant_id: string
	provider: string
	amount_minor: bigint
	currency: string
}

/** The posting that a refund or a dispute of a quoted payment needs besides its own; none for any other. */
export function takeBackJournals(
	sourceType: 'refund' | 'dispute',
	row: Row,
	direction: 'back' | 'undone',
): Journal[] {
	if (row.settlement_minor === null || row.settlement_currency === null) return []
	const source = { merchantId: row.merchant_id, gateway: row.provider, sourceType, sourceId: row.id }
	const sides = {
		presentment: { minor: row.amount_minor, currency: row.currency },
		settlement: { minor: row.settlement_minor, currency: row.settlement_currency },
	}
	const journal = direction === 'back' ? conversionBackJournal : conversionUndoneJournal
	return [journal(source, sides, row.fx_result_minor ?? 0n)]
}

/** Every account that the postings of a refund of this payment may touch. */
export async function refundAccounts(
	tx: Tx,
	payment: PaymentRow,
): Promise<Omit<JournalLine, 'amountMinor'>[]> {
	const { currency } = payment
	const own = (['merchant_balance', 'refunds', 'gateway_clearing'] as const).map((account) => ({
		account,
		currency,
	}))
	const quote = payment.fx_quote_id === null ? undefined : await findQuote(tx, payment.fx_quote_id)
	if (!quote) return own
	const settled = quote.settlement.currency
	return [
		...own,
		{ account: 'fx_clearing', currency },
		...(['merchant_balance', 'fx_clearing', 'fx_result'] as const).map((account) => ({
			account,
			currency: settled,
		})),
	]
}

/** The audit row of such a posting. */
export const conversionAudit = (journal: Journal, posting: string | undefined, actor: Cause): AuditEntry => ({
	merchant_id: journal.merchantId,
	actor: causeText(actor),
	action: `${journal.sourceType}.${journal.kind}`,
	subject_id: journal.sourceId,
	payload: { ledger_tx: posting ?? null, currency: currenciesOf(journal) },
})
