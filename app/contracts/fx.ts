import { z } from 'zod'
import { isCurrency } from '../domain/money/currency.ts'

const Currency = z
	.string()
	.trim()
	.toLowerCase()
	.refine(isCurrency, 'must be a three-letter ISO 4217 code that we take')

/** Body of POST /checkout/:sessionId/quote: the currency the shopper would rather pay in. */
export const QuoteCheckout = z.strictObject({ currency: Currency })
export type QuoteCheckout = z.infer<typeof QuoteCheckout>

/** Body of POST /api/v1/fx/quotes: what `amount` minor units of `from` cost somebody who pays in `to`. */
export const CreateQuote = z
	.strictObject({
		amount: z.number().int().positive().max(999_999_999_999),
		from: Currency,
		to: Currency,
	})
	.refine(({ from, to }) => from !== to, { path: ['to'], message: 'must be another currency than `from`' })
export type CreateQuote = z.infer<typeof CreateQuote>

/** What an amount costs in another currency, and until when. Amounts are integers in minor units, rates decimal text. */
export const FxQuote = z.object({
	id: z.string(),
	object: z.literal('fx_quote'),
	/** What the merchant is credited with: the order's own amount. */
	settlement: z.object({ amount: z.number().int().positive(), currency: z.string().length(3) }),
	/** What the shopper pays. */
	presentment: z.object({ amount: z.number().int().positive(), currency: z.string().length(3) }),
	/** `presentment` for one unit of `settlement`, spread included. */
	rate: z.string(),
	/** The same as published, without the spread. */
	mid_rate: z.string(),
	/** Hundredths of a percent added to the published rate. */
	spread_bps: z.number().int(),
	/** `ecb`: fetched from the European Central Bank. `ecb_snapshot`: its rates this program was shipped with. */
	source: z.enum(['ecb', 'ecb_snapshot']),
	/** The day the rates were published for, `2026-03-13`. */
	as_of: z.iso.date(),
	/** Unix seconds. */
	fetched_at: z.number().int(),
	expires_at: z.number().int(),
	checkout_session: z.string().nullable(),
})
export type FxQuote = z.infer<typeof FxQuote>

/** `GET /api/v1/fx/rates`: one day's rates, as published, in units for one euro. */
export const FxRates = z.object({
	object: z.literal('fx_rates'),
	base: z.literal('eur'),
	source: z.enum(['ecb', 'ecb_snapshot']),
	as_of: z.iso.date(),
	age_days: z.number().int().nonnegative(),
	/** Older than weekends and holidays explain. */
	is_stale: z.boolean(),
	/** Whether anybody may be charged by them. */
	is_quoted: z.boolean(),
	/** Unix seconds. */
	fetched_at: z.number().int(),
	rates: z.array(z.object({ currency: z.string().length(3), rate: z.string() })),
})
export type FxRates = z.infer<typeof FxRates>
