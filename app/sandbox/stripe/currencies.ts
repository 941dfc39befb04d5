import type { DebitType } from '../banks/debits.ts'
import { invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { integer, required } from '../http/read.ts'

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()))
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])

const LARGEST_AMOUNT = 99_999_999
const SMALLEST_AMOUNT = 50
const DISPUTE_FEE = 1_500

export function readCurrency(params: Form): string {
	const currency = required(params, 'currency').toLowerCase()
	if (!KNOWN.has(currency)) {
		throw invalid(`Invalid currency: ${currency}.`, 'currency')
	}
	return currency
}

/** Stripe sets the least amount per currency; one figure for all of them does for a sandbox. */
/** What Stripe still counts in hundredths though there are none, and what card networks take in tens only. */
const stepOf = (currency: string): number =>
	currency === 'isk' || currency === 'ugx' ? 100 : THREE_DECIMALS.has(currency) ? 10 : 1

export function checkStep(amount: number, currency: string, name = 'amount'): void {
	const step = stepOf(currency)
	if (amount % step === 0) return
	throw invalid(
		`Invalid amount. Amounts in ${currency.toUpperCase()} must be evenly divisible by ${step}. See https://stripe.com/docs/currencies#special-cases for more information.`,
		name,
		step === 100 ? 'invalid_charge_amount_no_decimal_compatible' : 'invalid_charge_amount',
	)
}

export function readAmount(params: Form, currency: string, name = 'amount'): number {
	required(params, name)
	const amount = integer(params, name) ?? 0
	if (amount < 1) throw invalid('Invalid positive integer', name, 'parameter_invalid_integer')
	if (amount < SMALLEST_AMOUNT) {
		throw invalid('Amount must convert to at least 50 cents.', name, 'amount_too_small')
	}
	if (amount > LARGEST_AMOUNT) {
		throw invalid('Amount must be no more than $999,999.99', name, 'amount_too_large')
	}
	checkStep(amount, currency, name)
	return amount
}

/**
 * 2.9 % + 0.30 of the currency's main unit (30 where it has no smaller one), the percentage rounded half up.
 * In bigint: 29 × the amount must not pass through a float.
 */
export function feeFor(amount: number, currency: string): number {
	const percentage = (BigInt(amount) * 29n + 500n) / 1_000n
	const fee = percentage + (THREE_DECIMALS.has(currency) ? 300n : 30n)
	// A currency in hundredths that has none owes whole units.
	return stepOf(currency) === 100 ? Number((fee / 100n) * 100n) : Number(fee)
}

const LARGEST_ACH_FEE = 500n
const SEPA_FEE = 35

/** ACH: 0.8 %, at most 5.00 USD. SEPA: 0.35 EUR, whatever the amount. */
export function debitFee(type: DebitType, amount: number): number {
	if (type === 'sepa_debit') return SEPA_FEE
	const fee = (BigInt(amount) * 8n + 500n) / 1_000n
	return Number(fee < LARGEST_ACH_FEE ? fee : LARGEST_ACH_FEE)
}

export const disputeFee = (currency: string): number =>
	THREE_DECIMALS.has(currency) ? DISPUTE_FEE * 10 : DISPUTE_FEE
