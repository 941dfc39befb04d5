import type { Gateway } from '../gateways/ports.ts'
import { settingOf, type MethodSetting } from './method-settings.ts'
import type { MethodTerms, MethodType } from './method-terms.ts'
import { METHOD_ORDER } from './method-words.ts'

/** What is known of a payment when methods are chosen for it. */
export type OfferQuery = {
	readonly amountMinor: bigint
	readonly currency: string
	/** The payer's, ISO 3166 alpha-2; null = not known, and then not judged. */
	readonly country: string | null
	readonly capture: 'automatic' | 'manual'
}

export type OfferingGateway = Pick<Gateway, 'name' | 'title' | 'state' | 'methods'>

type LimitSetter = 'gateway' | 'merchant'

/** Why a gateway does not take a payment by a method; limits are minor units of the payment's currency. */
export type MethodRefusal =
	| { readonly code: 'missing_key' | 'switched_off' | 'currency' | 'cannot_hold' }
	| {
			readonly code: 'below_minimum' | 'above_maximum'
			readonly limitMinor: bigint
			readonly by: LimitSetter
	  }
	| { readonly code: 'country'; readonly by: LimitSetter }

export type MethodOffer = {
	readonly type: MethodType
	/** Gateways that would take it, the preferred one first; empty = the method is not offered. */
	readonly takers: readonly { readonly gateway: OfferingGateway; readonly terms: MethodTerms }[]
	readonly refusals: readonly { readonly gateway: OfferingGateway; readonly refusal: MethodRefusal }[]
}

const inCountries = (countries: readonly string[] | null, country: string): boolean =>
	countries === null || countries.includes(country)

function refuseAmount(
	query: OfferQuery,
	limits: { readonly minMinor: bigint | null; readonly maxMinor: bigint | null } | undefined,
	by: LimitSetter,
): MethodRefusal | null {
	const { minMinor = null, maxMinor = null } = limits ?? {}
	if (minMinor !== null && query.amountMinor < minMinor) {
		return { code: 'below_minimum', limitMinor: minMinor, by }
	}
	if (maxMinor !== null && query.amountMinor > maxMinor) {
		return { code: 'above_maximum', limitMinor: maxMinor, by }
	}
	return null
}

/** Why this gateway does not take the payment by this method, or null when it does. */
export function refuseMethod(
	query: OfferQuery,
	gateway: OfferingGateway,
	terms: MethodTerms,
	setting: Omit<MethodSetting, 'gateway' | 'type'>,
): MethodRefusal | null {
	if (gateway.state === 'missing_key') return { code: 'missing_key' }
	if (!setting.isOn) return { code: 'switched_off' }
	const limits = Object.hasOwn(terms.limits, query.currency) ? terms.limits[query.currency] : undefined
	if (!limits) return { code: 'currency' }
	const amount =
		refuseAmount(query, limits, 'gateway') ?? refuseAmount(query, setting.limits[query.currency], 'merchant')
	if (amount) return amount
	if (query.country !== null && !inCountries(terms.countries, query.country)) {
		return { code: 'country', by: 'gateway' }
	}
	if (query.country !== null && !inCountries(setting.countries, query.country)) {
		return { code: 'country', by: 'merchant' }
	}
	return query.capture === 'manual' && !terms.canHold ? { code: 'cannot_hold' } : null
}

/** Every method any of the gateways knows, as a page lists them, and who takes it or why nobody does. */
export function offerMethods(
	query: OfferQuery,
	{ gateways, settings }: { gateways: readonly OfferingGateway[]; settings: readonly MethodSetting[] },
): MethodOffer[] {
	return METHOD_ORDER.flatMap((type) => {
		const takers: MethodOffer['takers'][number][] = []
		const refusals: MethodOffer['refusals'][number][] = []
		for (const gateway of gateways) {
			const terms = gateway.methods.find((method) => method.type === type)
			if (!terms) continue
			const refusal = refuseMethod(query, gateway, terms, settingOf(settings, gateway.name, type))
			if (refusal) refusals.push({ gateway, refusal })
			else takers.push({ gateway, terms })
		}
		return takers.length + refusals.length === 0 ? [] : [{ type, takers, refusals }]
	})
}
