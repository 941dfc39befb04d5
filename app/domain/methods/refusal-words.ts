import { toDecimal } from '../money/money.ts'
import type { MethodType } from './method-terms.ts'
import { METHOD_TITLES } from './method-words.ts'
import type { MethodRefusal, OfferQuery, OfferingGateway } from './offer-methods.ts'

const amountText = (minor: bigint, currency: string): string =>
	`${toDecimal({ minor, currency })} ${currency.toUpperCase()}`

/** A refusal as a sentence for the merchant and their developers. */
export function refusalWords(
	type: MethodType,
	gateway: Pick<OfferingGateway, 'title'>,
	refusal: MethodRefusal,
	{ currency, country }: OfferQuery,
): string {
	const method = METHOD_TITLES[type]
	const by = `${gateway.title} takes ${method} payments`
	const allowed = `Your settings allow ${method} payments through ${gateway.title}`
	switch (refusal.code) {
		case 'missing_key':
			return `${gateway.title} is not connected: its keys are missing.`
		case 'switched_off':
			return `${method} through ${gateway.title} is switched off in your settings.`
		case 'currency':
			return `${gateway.title} does not take ${method} payments in ${currency.toUpperCase()}.`
		case 'below_minimum':
			return `${refusal.by === 'gateway' ? by : allowed} from ${amountText(refusal.limitMinor, currency)}.`
		case 'above_maximum':
			return `${refusal.by === 'gateway' ? by : allowed} up to ${amountText(refusal.limitMinor, currency)}.`
		case 'country':
			return refusal.by === 'gateway'
				? `${gateway.title} does not take ${method} payments from ${country ?? 'this country'}.`
				: `Your settings do not allow ${method} payments from ${country ?? 'this country'}.`
		case 'cannot_hold':
			return `Money paid by ${method} cannot be held first and captured later.`
	}
}
