import { METHOD_TYPES, type MethodTerms, type MethodType } from '../methods/method-terms.ts'
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

export type Takes = { readonly name: string; readonly methods: readonly MethodTerms[] }
export type Candidate = { readonly gateway: string; readonly method: string }
export type Candidates = { readonly able: readonly Candidate[]; readonly unable: readonly Skipped[] }

/** A method's bare name sends the payer away to approve: never without asking. */
const isBareName = (token: string): boolean => (METHOD_TYPES as readonly string[]).includes(token)

/** Why a gateway cannot take a payment on its terms; null when it can. */
export function refusalOf(
	{ methods }: Takes,
	payment: Pick<ToCharge, 'methodType' | 'currency' | 'amountMinor' | 'payerCountry' | 'isHeld'>,
): SkipReason | null {
	const terms = methods.find(({ type }) => type === payment.methodType)
	if (!terms) return 'method_not_taken'
	const limits = terms.limits[payment.currency]
	if (!limits) return 'currency_not_taken'
	const { minMinor, maxMinor } = limits
	if (payment.amountMinor < minMinor || (maxMinor !== null && payment.amountMinor > maxMinor)) {
		return 'amount_not_taken'
	}
	const { countries } = terms
	if (countries && payment.payerCountry !== null && !countries.includes(payment.payerCountry)) {
		return 'country_not_taken'
	}
	return payment.isHeld && !terms.canHold ? 'cannot_hold' : null
}

/** Who could charge it now, where its method belongs first; and who could not, and why. */
export function candidatesOf(payment: ToCharge, connected: readonly Takes[]): Candidates {
	const able: Candidate[] = []
	const unable: Skipped[] = []
	const ownFirst = connected.toSorted(
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
					: refusalOf(gateway, payment)
		if (why === null && method !== undefined) able.push({ gateway: gateway.name, method })
		else unable.push({ gateway: gateway.name, why: why ?? 'no_token' })
	}
	return { able, unable }
}
