import { type DebitCourse, DEBIT_TYPES } from '../banks/debits.ts'
import { ibanCourse } from '../banks/ibans.ts'
import { usCourse } from '../banks/us-accounts.ts'
import { newId } from '../books/ids.ts'
import type { Billing, Debit, Instrument, PaymentMethod } from '../books/method-shapes.ts'
import type { Charge } from '../books/payment-shapes.ts'
import { behaviourOf, type Behaviour } from '../cards/behaviours.ts'
import type { Desk } from '../sandbox.ts'

export const NO_BILLING: Billing = {
	address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
	email: null,
	name: null,
	phone: null,
	tax_id: null,
}

/** The number goes in here and no further. */
export function vault(desk: Desk, key: string, number: string): string {
	if (!desk.books.vault.get(key)) desk.books.vault.put({ id: key, number })
	return key
}

export const isDebit = <T extends Instrument>(method: T): method is Extract<T, Debit> =>
	DEBIT_TYPES.some((type) => type === method.type)

/** The instrument alone, without what else a method or a token's preview says. */
export function instrumentOf(method: Instrument): Instrument {
	switch (method.type) {
		case 'card':
			return { type: 'card', card: method.card }
		case 'link':
			return { type: 'link', link: method.link }
		case 'us_bank_account':
			return { type: 'us_bank_account', us_bank_account: method.us_bank_account }
		case 'sepa_debit':
			return { type: 'sepa_debit', sepa_debit: method.sepa_debit }
	}
}

/** `linkedCard`: the number behind a Link account, whose method shows nothing of it. */
export function keepMethod(
	desk: Desk,
	instrument: Instrument,
	billing: Billing,
	more: { metadata?: Record<string, string>; linkedCard?: string | undefined } = {},
): PaymentMethod {
	const id = newId('pm')
	if (more.linkedCard !== undefined) vault(desk, id, more.linkedCard)
	return desk.books.methods.put({
		...instrument,
		id,
		object: 'payment_method',
		allow_redisplay: 'unspecified',
		billing_details: billing,
		created: desk.clock.seconds(),
		customer: null,
		customer_account: null,
		livemode: false,
		metadata: more.metadata ?? {},
	})
}

function vaultKey(method: PaymentMethod): string {
	switch (method.type) {
		case 'card':
			return method.card.fingerprint
		case 'link':
			return method.id
		case 'us_bank_account':
			return method.us_bank_account.fingerprint
		case 'sepa_debit':
			return method.sepa_debit.fingerprint
	}
}

const numberOf = (desk: Desk, method: PaymentMethod): string =>
	desk.books.vault.get(vaultKey(method))?.number ?? ''

/** What Stripe's testing page says the card behind this method will do. */
export const behaviourOfMethod = (desk: Desk, method: PaymentMethod): Behaviour =>
	behaviourOf(numberOf(desk, method))

export function behaviourOfCharge(desk: Desk, charge: Charge): Behaviour {
	const method = desk.books.methods.get(charge.payment_method)
	return method ? behaviourOfMethod(desk, method) : {}
}

/** What it says a debit of this account will come to. */
export function courseOf(desk: Desk, method: PaymentMethod): DebitCourse {
	const number = numberOf(desk, method)
	return method.type === 'sepa_debit' ? ibanCourse(number) : usCourse(number)
}
