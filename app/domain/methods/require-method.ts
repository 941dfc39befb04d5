import { DomainError } from '../errors/domain-error.ts'
import type { MethodSetting } from './method-settings.ts'
import type { MethodType } from './method-terms.ts'
import { offerMethods, type MethodOffer, type OfferQuery, type OfferingGateway } from './offer-methods.ts'
import { refusalWords } from './refusal-words.ts'

type Refused = MethodOffer['refusals'][number]

/** Which field of the request has to change. */
const PARAM: Record<Refused['refusal']['code'], string> = {
	missing_key: 'payment_method',
	switched_off: 'payment_method',
	country: 'payment_method',
	currency: 'currency',
	below_minimum: 'amount',
	above_maximum: 'amount',
	cannot_hold: 'capture_method',
}

function codeOf(refusal: Refused['refusal']): string {
	if (!('by' in refusal) || refusal.by === 'merchant') return 'payment_method_not_offered'
	if (refusal.code === 'below_minimum') return 'amount_too_small'
	return refusal.code === 'above_maximum' ? 'amount_too_large' : 'payment_method_not_offered'
}

function refused(type: MethodType, { gateway, refusal }: Refused, query: OfferQuery): DomainError {
	const param = PARAM[refusal.code]
	const words = refusalWords(type, gateway, refusal, query)
	return new DomainError('invalid', codeOf(refusal), `${param}: ${words}`, { param })
}

export type MethodChoice = {
	/** Null while nobody has said what the method is; then any method of the gateway may turn out to be it. */
	readonly type: MethodType | null
	/** The only gateway that can charge it; null = any. */
	readonly gateway: string | null
}

/** Refuses a payment that no gateway would take by this method, judging only what is known of it by now. */
export function requireMethod(
	query: OfferQuery,
	choice: MethodChoice,
	terms: { gateways: readonly OfferingGateway[]; settings: readonly MethodSetting[] },
): void {
	const gateways = terms.gateways.filter(({ name }) => choice.gateway === null || name === choice.gateway)
	const offers = offerMethods(query, { ...terms, gateways }).filter(
		({ type }) => choice.type === null || type === choice.type,
	)
	if (offers.some(({ takers }) => takers.length > 0)) return
	// What is not known yet is most likely a card, and the words for it are the plainest.
	const closest = offers.find(({ type }) => type === 'card') ?? offers[0]
	const first = closest?.refusals[0]
	if (closest && first) throw refused(closest.type, first, query)
	throw new DomainError(
		'invalid',
		'payment_method_not_offered',
		'payment_method: none of the connected gateways takes this method',
		{ param: 'payment_method' },
	)
}
