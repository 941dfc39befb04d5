import type { MethodPreview } from '#app/contracts/method-settings.ts'
import { isCountry } from '#app/domain/countries/country.ts'
import type { OfferQuery } from '#app/domain/methods/offer-methods.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { parseAmount } from '../kit/parse-amount.ts'

type Asked = Omit<MethodPreview, 'offers'> & { query: OfferQuery | null }

/** The payment the preview is about, from the URL; without one, 50 US dollars from anywhere. */
export function previewFrom(search: URLSearchParams): Asked {
	const asked = {
		amount: search.get('amount')?.trim() ?? '50.00',
		currency: (search.get('currency') ?? 'usd').trim().toLowerCase(),
		country: (search.get('country') ?? '').trim().toUpperCase(),
	}
	const refuse = (field: keyof typeof asked, message: string): Asked => ({
		asked,
		refusal: { field, message },
		query: null,
	})
	if (!isCurrency(asked.currency)) return refuse('currency', 'Enter the code of a currency, such as usd.')
	const amount = parseAmount(asked.amount, asked.currency)
	if (!amount.ok) return refuse('amount', amount.message)
	if (asked.country !== '' && !isCountry(asked.country)) {
		return refuse('country', 'Enter a country code of two letters, such as US.')
	}
	const query: OfferQuery = {
		amountMinor: amount.minor,
		currency: asked.currency,
		country: asked.country || null,
		capture: 'automatic',
	}
	return { asked, refusal: null, query }
}
