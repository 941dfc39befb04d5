import type { PaymentFilters } from '#app/contracts/console.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import type { PaymentState } from '#app/domain/payments/payment-state.ts'
import type { Place } from '../kit/pager.tsx'
import { STATUS_WORDS } from '../kit/status-badge.tsx'

/** Everything that narrows the list; the place in the list is not among them. */
export const FILTER_KEYS = ['q', 'status', 'min', 'max', 'currency', 'from', 'to'] as const
type FilterKey = (typeof FILTER_KEYS)[number]

const statusLabel = (status: string): string =>
	Object.hasOwn(STATUS_WORDS, status) ? STATUS_WORDS[status as PaymentState].label : status

const WORDS: Record<FilterKey, (value: string) => string> = {
	q: (text) => `Contains “${text}”`,
	status: (status) => `Status: ${statusLabel(status)}`,
	min: (amount) => `At least ${amount}`,
	max: (amount) => `At most ${amount}`,
	currency: (code) => `In ${code.toUpperCase()}`,
	from: (day) => `From ${day}`,
	to: (day) => `Until ${day}`,
}

/** One chip per filter: its words, and the URL without it (on the first page, as the places no longer fit). */
export function activeFilters(filters: PaymentFilters) {
	return FILTER_KEYS.flatMap((key) => {
		const value = filters[key]
		if (!value) return []
		return [{ key, text: WORDS[key](value), without: pageLink({ ...filters, [key]: '' }, {}) }]
	})
}

/** The URL of the list with these filters at this place. */
export function pageLink(filters: PaymentFilters, place: Place): string {
	const query = new URLSearchParams()
	for (const key of FILTER_KEYS) {
		const value = filters[key]
		if (value) query.set(key, value)
	}
	if (place.starting_after) query.set('starting_after', place.starting_after)
	if (place.ending_before) query.set('ending_before', place.ending_before)
	const text = query.toString()
	return text ? `/console/payments?${text}` : '/console/payments'
}

/** From the URL: empty fields of the form do not filter. */
export function filtersFrom(query: URLSearchParams): PaymentFilters {
	const filters: PaymentFilters = {}
	for (const key of [...FILTER_KEYS, 'starting_after', 'ending_before'] as const) {
		const value = query.get(key)?.trim()
		if (value) filters[key] = value
	}
	if (filters.currency) filters.currency = filters.currency.toLowerCase()
	return filters
}

/** Why these filters cannot be used, for a person, or null. Without a currency two decimals are read. */
export function filterProblem({ min, max, currency }: PaymentFilters): string | null {
	if (currency && !isCurrency(currency))
		return `“${currency}” is not a currency. Enter its code, such as usd.`
	for (const amount of [min, max]) {
		if (amount === undefined || fromDecimal(amount, currency ?? 'usd')) continue
		return `“${amount}” is not an amount${currency ? ` in ${currency.toUpperCase()}` : ''}. Enter it in digits, such as 12.`
	}
	return null
}
