import type { FxRates } from './fx.ts'

/** How a payment in another currency was exchanged: what the shopper paid, at which rate, and what the merchant gets. */
export type ExchangeView = {
	presentment: { amount: number; currency: string }
	settlement: { amount: number; currency: string }
	/** Decimal text: presentment for one unit of settlement, with and without the spread. */
	rate: string
	midRate: string
	spreadBps: number
	source: FxRates['source']
	asOf: string
}

/** What a refund or dispute of such a payment took from the merchant, and what rates since then cost or brought. */
export type ExchangeBackView = { amount: number; currency: string; /** Above zero a loss. */ result: number }

export type CurrencySettingsView = {
	settlementCurrency: string
	/** Null while it may still be changed; else why not. */
	fixedBecause: string | null
	spreadBps: number
	maySet: boolean
	rates: FxRates
	/** Unix ms; null when rates are never refreshed. */
	nextRefreshAt: number | null
	/** What the settlement currency can be. */
	currencies: string[]
}

/** Money of several currencies as one sum, by the rates of one day. */
export type Together = {
	amount: number
	currency: string
	asOf: string
	source: FxRates['source']
	isStale: boolean
	/** Currencies nobody publishes a rate for: not in the sum. */
	leftOut: string[]
}
