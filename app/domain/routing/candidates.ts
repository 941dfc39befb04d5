import { settingOf, type MethodSetting } from '../methods/method-settings.ts'
import { namedMethod, type MethodType } from '../methods/method-terms.ts'
import { refuseMethod, type MethodRefusal, type OfferingGateway } from '../methods/offer-methods.ts'
import type { Skipped, SkipReason } from './route.ts'

/** What decides who could charge a payment. */
export type ToCharge = {
	/** Where `method` belongs. */
	readonly gateway: string
	readonly method: string
	/** The same card as other gateways know it, by gateway. */
	readonly fallbacks: Readonly<Record<string, string>>
	readonly methodType: MethodType | null
	readonly currency: string
	readonly amountMinor: bigint
	readonly payerCountry: string | null
	/** Held now, taken later. */
	readonly isHeld: boolean
}

export type Candidate = { readonly gateway: string; readonly method: string }
export type Candidates = { readonly able: readonly Candidate[]; readonly unable: readonly Skipped[] }

/** A method's bare name sends the payer away to approve: never without asking. */
const isBareName = (token: string): boolean => namedMethod(token) !== null

const WHY: Record<MethodRefusal['code'], SkipReason> = {
	missing_key: 'not_connected',
	switched_off: 'switched_off',
	currency: 'currency_not_taken',
	below_minimum: 'amount_not_taken',
	above_maximum: 'amount_not_taken',
	country: 'country_not_taken',
	cannot_hold: 'cannot_hold',
}

/** Why a gateway cannot take a payment, on its own terms and the merchant's; null when it can. */
function refusalOf(
	gateway: OfferingGateway,
	payment: ToCharge,
	settings: readonly MethodSetting[],
): SkipReason | null {
	const { methodType, amountMinor, currency, payerCountry, isHeld } = payment
	const terms = gateway.methods.find(({ type }) => type === methodType)
	if (!terms || methodType === null) return 'method_not_taken'
	const query = {
		amountMinor,
		currency,
		country: payerCountry,
		capture: isHeld ? 'manual' : 'automatic',
	} as const
	const refusal = refuseMethod(query, gateway, terms, settingOf(settings, gateway.name, methodType))
	return refusal && WHY[refusal.code]
}

/** Who could charge it now, where its method belongs first; and who could not, and why. */
export function candidatesOf(
	payment: ToCharge,
	{ gateways, settings }: { gateways: readonly OfferingGateway[]; settings: readonly MethodSetting[] },
): Candidates {
	const able: Candidate[] = []
	const unable: Skipped[] = []
	const ownFirst = gateways.toSorted(
		(a, b) => (a.name === payment.gateway ? 0 : 1) - (b.name === payment.gateway ? 0 : 1),
	)
	for (const gateway of ownFirst) {
		const isOwn = gateway.name === payment.gateway
		const method = isOwn ? payment.method : payment.fallbacks[gateway.name]
		const why =
			method === undefined
				? 'no_token'
				: !isOwn && isBareName(method)
					? 'needs_payer'
					: refusalOf(gateway, payment, settings)
		if (why === null && method !== undefined) able.push({ gateway: gateway.name, method })
		else unable.push({ gateway: gateway.name, why: why ?? 'no_token' })
	}
	return { able, unable }
}
