import { newId } from '../books/ids.ts'
import type { Card, PaymentMethod } from '../books/payment-shapes.ts'
import { behaviourOf, type Behaviour } from '../cards/behaviours.ts'
import { countryOf } from '../cards/countries.ts'
import { brandOf, fingerprintOf } from '../cards/number.ts'
import type { Desk } from '../sandbox.ts'

export interface CardDetails {
	number: string
	expMonth: number
	expYear: number
	hasCvc: boolean
	postalCode: string | null
}

export type Billing = PaymentMethod['billing_details']

export const NO_BILLING: Billing = {
	address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
	email: null,
	name: null,
	phone: null,
}

const DEBIT = new Set(['4000056655665556', '5200828282828210', '4000058260000005'])
const PREPAID = new Set(['5105105105105100'])

/** The card as the API shows it. The number itself goes to the vault and no further. */
export function keepCard(desk: Desk, details: CardDetails): Card {
	const { number } = details
	const brand = brandOf(number)
	const fingerprint = fingerprintOf(number)
	const { failedCheck } = behaviourOf(number)
	if (!desk.books.vault.get(fingerprint)) desk.books.vault.put({ id: fingerprint, number })
	return {
		brand,
		checks: {
			address_line1_check: null,
			address_postal_code_check: details.postalCode
				? failedCheck === 'postal_code'
					? 'fail'
					: 'pass'
				: null,
			cvc_check: details.hasCvc ? (failedCheck === 'cvc' ? 'fail' : 'pass') : null,
		},
		country: countryOf(number),
		display_brand: brand,
		exp_month: details.expMonth,
		exp_year: details.expYear,
		fingerprint,
		funding: DEBIT.has(number) ? 'debit' : PREPAID.has(number) ? 'prepaid' : 'credit',
		last4: number.slice(-4),
		networks: { available: [brand], preferred: null },
		wallet: null,
	}
}

/** What Stripe's testing page says this card will do. */
export function behaviourOfCard(desk: Desk, card: Card): Behaviour {
	return behaviourOf(desk.books.vault.get(card.fingerprint)?.number ?? '')
}

export function keepMethod(
	desk: Desk,
	card: Card,
	billing: Billing,
	metadata: Record<string, string> = {},
): PaymentMethod {
	return desk.books.methods.put({
		id: newId('pm'),
		object: 'payment_method',
		billing_details: billing,
		card,
		created: desk.clock.seconds(),
		customer: null,
		livemode: false,
		metadata,
		type: 'card',
	})
}

/** `pm_card_*` ids stand for a card typed in whole, valid until the end of the year after next. */
export function testCard(desk: Desk, number: string): Card {
	const expYear = new Date(desk.clock.now()).getUTCFullYear() + 2
	return keepCard(desk, { number, expMonth: 12, expYear, hasCvc: true, postalCode: null })
}
