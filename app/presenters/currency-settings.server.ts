import type { Kysely } from 'kysely'
import { hasTakenMoney, readMerchantFx } from '#db/queries/merchant-fx.ts'
import type { DB } from '#db/schema.ts'
import { REFRESH_AT } from '#jobs/catalog/fx.ts'
import type { CurrencySettingsView } from '../contracts/currency-settings.ts'
import type { RateTable } from '../domain/fx/rate-table.ts'
import { currencies } from '../domain/money/currency.ts'
import { presentRates } from './fx.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	livemode: boolean
	rates: { current(): Promise<RateTable> }
	fetchRates: unknown
}

const DAY_MS = 86_400_000

/** The first round after `now`. */
export function nextRefresh(now: Date): Date {
	const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
	const rounds = REFRESH_AT.hours.map((hour) => midnight + (hour * 60 + REFRESH_AT.minute) * 60_000)
	const next = rounds.find((at) => at > now.getTime())
	return new Date(next ?? (rounds[0] ?? midnight) + DAY_MS)
}

/** What a merchant is paid in, what a quote adds, and the rates behind it. */
export async function presentCurrencySettings(
	deps: Deps,
	{ merchantId, maySet }: { merchantId: string; maySet: boolean },
): Promise<CurrencySettingsView> {
	const { settlementCurrency, spreadBps } = await readMerchantFx(deps.db, merchantId)
	const isFixed = await hasTakenMoney(deps.db, merchantId)
	return {
		settlementCurrency,
		fixedBecause: isFixed ? 'Money was taken already, so your balance stays in this currency.' : null,
		spreadBps,
		maySet,
		rates: await presentRates(deps),
		nextRefreshAt: deps.fetchRates === null ? null : nextRefresh(deps.clock.now()).getTime(),
		currencies: currencies().sort(),
	}
}
