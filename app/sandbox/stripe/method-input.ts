import type { Billing } from '../books/method-shapes.ts'
import { passesLuhn } from '../cards/number.ts'
import { isTestNumber } from '../cards/test-ids.ts'
import { invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { nested, oneOf, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import { readAccount, readIban } from './account-input.ts'
import type { Call } from './call.ts'
import { readBilling, readCard } from './card-input.ts'
import { type Paid, payByWallet, WALLETS } from './wallets.ts'

type Read = Paid & { billing: Billing }

const TYPES = ['card', 'us_bank_account', 'sepa_debit'] as const

/** `payment_method_data`, or the body of a new payment method: a card, a bank account, or a wallet of the sandbox's own. */
export function readInstrument(desk: Desk, call: Call, form: Form): Read {
	const billing = readBilling(nested(form, 'billing_details'))
	const wallet = nested(form, 'sandbox_wallet')
	if (wallet) return { ...readWallet(desk, wallet, billing), billing }
	const type = oneOf(form, 'type', TYPES) ?? 'card'
	if (type === 'us_bank_account' || type === 'sepa_debit') {
		checkHolder(billing, type)
		const details = nested(form, type) ?? {}
		const instrument = type === 'sepa_debit' ? readIban(desk, details) : readAccount(desk, details)
		return { instrument, billing }
	}
	return {
		instrument: { type: 'card', card: readCard(desk, call, nested(form, 'card') ?? {}, billing) },
		billing,
	}
}

/** The name is on the debit; the e-mail is where a SEPA payer hears of it beforehand. */
function checkHolder({ email, name }: Billing, type: 'us_bank_account' | 'sepa_debit'): void {
	const absent = name === null ? 'name' : type === 'sepa_debit' && email === null ? 'email' : undefined
	if (absent === undefined) return
	const param = `billing_details[${absent}]`
	throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
}

/** Stripe's wallets hand over an encrypted card; here it is one of the test cards, in the open. */
function readWallet(desk: Desk, form: Form, billing: Billing): Paid {
	required(form, 'type')
	const name = oneOf(form, 'type', WALLETS) ?? 'apple_pay'
	const number = text(form, 'number') ?? '4242424242424242'
	if (!passesLuhn(number) || !isTestNumber(number)) {
		throw invalid('The sandbox takes test cards only.', 'sandbox_wallet[number]')
	}
	return payByWallet(desk, name, number, billing.email)
}
