import { z } from 'zod'
import { isCountry } from '#app/domain/countries/country.ts'
import { METHOD_TYPES, type MethodType } from '#app/domain/methods/method-terms.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { parseAmount } from '../kit/parse-amount.ts'

const Form = z.object({
	intent: z.enum(['switch', 'countries', 'limit', 'remove_limit']),
	gateway: z.string().min(1).max(40),
	method: z.enum(METHOD_TYPES),
	on: z.enum(['1', '0']).default('0'),
	countries: z.string().max(2_000).default(''),
	currency: z.string().trim().toLowerCase().max(3).default(''),
	min: z.string().max(40).default(''),
	max: z.string().max(40).default(''),
})

type Limits = { minMinor: bigint | null; maxMinor: bigint | null }
export type MethodField = 'countries' | 'currency' | 'min' | 'max'
export type MethodResult =
	{ ok: true; message: string } | { ok: false; message: string; field: MethodField | null }
export type MethodCommand = {
	gateway: string
	type: MethodType
	change: { isOn: boolean } | { countries: string[] | null } | { currency: string; limits: Limits }
}
type Refused = Extract<MethodResult, { ok: false }>

const refuse = (field: MethodField | null, message: string): Refused => ({ ok: false, field, message })

/** `de, FR  us` → DE FR US; nothing at all means everywhere. */
function readCountries(text: string): { countries: string[] | null } | Refused {
	const codes = text
		.toUpperCase()
		.split(/[\s,;]+/)
		.filter(Boolean)
	const wrong = codes.find((code) => !isCountry(code))
	if (wrong)
		return refuse('countries', `${wrong} is not a country. Use codes of two letters, such as US, DE.`)
	return { countries: codes.length === 0 ? null : codes }
}

function readLimits(currency: string, texts: { min: string; max: string }): Limits | Refused {
	const limits: Limits = { minMinor: null, maxMinor: null }
	for (const [field, member] of [
		['min', 'minMinor'],
		['max', 'maxMinor'],
	] as const) {
		if (texts[field].trim() === '') continue
		const checked = parseAmount(texts[field], currency)
		if (!checked.ok) return refuse(field, checked.message)
		limits[member] = checked.minor
	}
	return limits
}

/** The forms of the payment method settings; amounts are decimal text, as the person typed them. */
export function readMethodCommand(form: FormData): MethodCommand | Refused {
	const parsed = Form.safeParse(Object.fromEntries(form))
	if (!parsed.success) return refuse(null, 'The form was not complete.')
	const { intent, gateway, method: type, on, currency, ...texts } = parsed.data
	if (intent === 'switch') return { gateway, type, change: { isOn: on === '1' } }
	if (intent === 'countries') {
		const change = readCountries(texts.countries)
		return 'ok' in change ? change : { gateway, type, change }
	}
	if (!isCurrency(currency)) return refuse('currency', 'Choose a currency.')
	if (intent === 'remove_limit') {
		return { gateway, type, change: { currency, limits: { minMinor: null, maxMinor: null } } }
	}
	const limits = readLimits(currency, texts)
	if ('ok' in limits) return limits
	if (limits.minMinor === null && limits.maxMinor === null) return refuse('min', 'Enter an amount.')
	return { gateway, type, change: { currency, limits } }
}
