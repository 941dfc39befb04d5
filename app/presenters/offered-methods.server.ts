import type { Kysely } from 'kysely'
import { listMethodSettings } from '#db/queries/method-settings.ts'
import type { DB } from '#db/schema.ts'
import type { OfferedMethod } from '../contracts/checkout.ts'
import type { PaymentMethodOffer } from '../contracts/payment-methods.ts'
import { isApprovedElsewhere } from '../domain/methods/method-kinds.ts'
import { METHOD_TITLES, noteOf } from '../domain/methods/method-words.ts'
import {
	offerMethods,
	type MethodOffer,
	type OfferQuery,
	type OfferingGateway,
} from '../domain/methods/offer-methods.ts'
import { refusalWords } from '../domain/methods/refusal-words.ts'

type Deps = { db: Kysely<DB>; gateways: { readonly all: readonly OfferingGateway[] } }
type Input = { merchantId: string; query: OfferQuery }

async function readOffers({ db, gateways }: Deps, { merchantId, query }: Input): Promise<MethodOffer[]> {
	const settings = await listMethodSettings(db, merchantId)
	return offerMethods(query, { gateways: gateways.all, settings })
}

/** Whose forms the checkout shows, or the sandbox's in their place: without them nothing can be typed in there. */
const FORMS = 'stripe'

/** The ways to pay an order, for its page: only those that would be taken. */
export async function presentCheckoutMethods(deps: Deps, input: Input): Promise<OfferedMethod[]> {
	const offers = await readOffers(deps, input)
	const hasForms = deps.gateways.all.some(({ name, state }) => name === FORMS && state !== 'missing_key')
	return offers.flatMap(({ type, takers: [first] }) =>
		first && (hasForms || isApprovedElsewhere(type))
			? [
					{
						type,
						title: METHOD_TITLES[type],
						gateway: first.gateway.name,
						settlesLater: first.terms.settlesLater,
						redirects: first.terms.redirects,
						note: noteOf(first.terms),
					},
				]
			: [],
	)
}

/** Every way to pay, those that would not be taken with the reasons. */
export async function presentMethodOffers(deps: Deps, input: Input): Promise<PaymentMethodOffer[]> {
	const offers = await readOffers(deps, input)
	return offers.map(({ type, takers, refusals }) => {
		const terms =
			takers[0]?.terms ?? refusals[0]?.gateway.methods.find((method) => method.type === type) ?? null
		return {
			object: 'payment_method_offer',
			type,
			title: METHOD_TITLES[type],
			offered: takers.length > 0,
			gateways: takers.map(({ gateway }) => gateway.name),
			settles_later: terms?.settlesLater ?? false,
			redirects: terms?.redirects ?? false,
			note: terms && noteOf(terms),
			refusals: refusals.map(({ gateway, refusal }) => ({
				gateway: gateway.name,
				code: refusal.code,
				message: refusalWords(type, gateway, refusal, input.query),
			})),
		}
	})
}
