import type { Kysely } from 'kysely'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { searchPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { PaymentFilters, PaymentList } from '../contracts/console.ts'
import { isCurrency } from '../domain/money/currency.ts'
import { fromDecimal } from '../domain/money/money.ts'
import type { Payers } from '../vault/payers.server.ts'
import { PAYMENT_STATES, type PaymentState } from '../domain/payments/payment-state.ts'

const PAGE = 25
/** Without a currency, amounts are read with two decimals, as most currencies have. */
const USUAL = 'usd'

const isState = (text: string): text is PaymentState => (PAYMENT_STATES as readonly string[]).includes(text)
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))

/** A filter that cannot be read is dropped rather than failing the page. */
function readable(filters: PaymentFilters): PaymentFilters {
	const { status, from, to, currency, ...rest } = filters
	return {
		...rest,
		...(status && isState(status) && { status }),
		...(from && isDate(from) && { from }),
		...(to && isDate(to) && { to }),
		...(currency && isCurrency(currency) && { currency }),
	}
}

/** A date without a time means the whole day. */
const dayAfter = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString()

export async function presentPaymentList(
	{ db, payers }: { db: Kysely<DB>; payers: Payers },
	{ merchantId, filters }: { merchantId: string; filters: PaymentFilters },
): Promise<PaymentList> {
	const kept = readable(filters)
	const amount = (text: string | undefined) =>
		text === undefined ? undefined : fromDecimal(text, kept.currency ?? USUAL)?.minor
	const { rows, hasMore } = await searchPayments(db, {
		...kept,
		merchantId,
		limit: PAGE,
		minMinor: amount(kept.min),
		maxMinor: amount(kept.max),
		...(kept.q?.includes('@') && { emailHash: await payers.emailHash(merchantId, kept.q) }),
		...(kept.to?.length === 10 && { to: dayAfter(kept.to) }),
	})
	return { payments: await payers.open(db, rows.map(toPayment)), hasMore, total: null, filters: kept }
}
