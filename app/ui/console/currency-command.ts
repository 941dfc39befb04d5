import { z } from 'zod'
import { MOST_SPREAD_BPS } from '#app/domain/fx/quote.ts'
import { isCurrency } from '#app/domain/money/currency.ts'

const Form = z.object({
	settlement_currency: z.string().trim().toLowerCase(),
	spread: z.string().trim(),
})

export type CurrencyCommand = { settlementCurrency: string; spreadBps: number }
export type CurrencyField = 'settlement_currency' | 'spread'
export type CurrencyResult =
	{ ok: true; message: string } | { ok: false; message: string; field: CurrencyField | null }

/** The form of the currency settings; the spread is hundredths of a percent, in whole numbers. */
export function readCurrencyCommand(
	form: FormData,
): CurrencyCommand | Extract<CurrencyResult, { ok: false }> {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (!parsed.success) return { ok: false, message: 'The form was not complete.', field: null }
	const { settlement_currency: settlementCurrency, spread } = parsed.data
	if (!isCurrency(settlementCurrency)) {
		return { ok: false, message: 'Choose a currency.', field: 'settlement_currency' }
	}
	const spreadBps = /^\d{1,4}$/.test(spread) ? Number.parseInt(spread, 10) : Number.NaN
	if (!(spreadBps <= MOST_SPREAD_BPS)) {
		return { ok: false, message: `Enter a whole number from 0 to ${MOST_SPREAD_BPS}.`, field: 'spread' }
	}
	return { settlementCurrency, spreadBps }
}
