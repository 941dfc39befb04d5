import type { Kysely } from 'kysely'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import {
	readCurrencies,
	readRefundTotals,
	readReviewTotals,
	readSeries,
	readTotals,
	readVolumes,
} from '#db/queries/overview.ts'
import { readMerchantFx } from '#db/queries/merchant-fx.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { searchPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { PERIODS, type Overview, type Period } from '../contracts/console.ts'
import type { RateTable } from '../domain/fx/rate-table.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'
import type { Payers } from '../vault/payers.server.ts'
import { together } from './exchange.server.ts'

type Deps = {
	db: Kysely<DB>
	payers: Payers
	clock: { now(): Date }
	rates: { current(): Promise<RateTable> }
}
type Input = { merchantId: string; period: Period; currency: string | null }

const LATEST = 12
const FALLBACK_CURRENCY = 'usd'

/** One currency at a time; the one sum across currencies says which day's rates it was made with. */
export async function presentOverview(
	{ db, payers, clock, rates }: Deps,
	{ merchantId, period, currency }: Input,
): Promise<Overview> {
	const cursor = await presentCursor(db)
	const currencies = await readCurrencies(db, merchantId)
	const shown = currency ?? currencies[0] ?? FALLBACK_CURRENCY
	const to = clock.now()
	const { seconds, bucketSeconds } = PERIODS[period]
	const span = { merchantId, currency: shown, from: new Date(to.getTime() - seconds * 1000) }
	const [totals, refunds, review, series, latest, volumes, own, table] = await Promise.all([
		readTotals(db, span),
		readRefundTotals(db, span),
		readReviewTotals(db, span),
		readSeries(db, { ...span, to, bucketSeconds }),
		searchPayments(db, { merchantId, limit: LATEST }),
		readVolumes(db, span),
		readMerchantFx(db, merchantId),
		rates.current(),
	])
	const volume = jsonAmount(totals.volume)
	return {
		period,
		currency: shown,
		currencies: currencies.includes(shown) ? currencies : [shown, ...currencies],
		tiles: {
			volume: { amount: volume, payments: totals.payments },
			successRate: {
				rate: totals.ended === 0 ? null : totals.succeeded / totals.ended,
				succeeded: totals.succeeded,
				ended: totals.ended,
			},
			averageTicket: { amount: totals.payments === 0 ? null : Math.round(volume / totals.payments) },
			refunds: { amount: jsonAmount(refunds.amount), count: refunds.count },
			pendingReview: { amount: jsonAmount(review.amount), count: review.count },
			timeToTerminal: { p50Ms: totals.p50_ms, p95Ms: totals.p95_ms },
		},
		together: together(volumes, own.settlementCurrency, { table, now: to }),
		series: series.map((bucket) => ({
			...bucket,
			at: bucket.at.toISOString(),
			volume: jsonAmount(bucket.volume),
		})),
		latest: await payers.open(db, latest.rows.map(toPayment)),
		cursor: cursorText(cursor),
	}
}
