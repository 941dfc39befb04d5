import { CURRENCIES, DEBIT_TYPES } from '../banks/debits.ts'
import type { PaymentMethod } from '../books/method-shapes.ts'
import type { PaymentIntent } from '../books/payment-shapes.ts'
import { invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { list } from '../http/read.ts'

const AT_ONCE = ['card', 'link']

/** What goes with the payment: debits are in one currency each, and nobody holds money on a bank account. */
const compatible = ({ capture_method, currency }: PaymentIntent): string[] =>
	capture_method === 'manual'
		? AT_ONCE
		: [...AT_ONCE, ...DEBIT_TYPES.filter((type) => CURRENCIES[type] === currency)]

/** `payment_method_types` names them; otherwise Stripe picks, from the allowed ones if some are named. */
export function withMethodTypes(intent: PaymentIntent, params: Form): PaymentIntent {
	const named = list(params, 'payment_method_types')
	const allowed = list(params, 'allowed_payment_method_types')
	if (named) {
		for (const type of named) checkNamed(intent, type)
		return { ...intent, payment_method_types: named }
	}
	if (!allowed && intent.payment_method_types.length > 0) return intent
	const types = compatible(intent).filter((type) => allowed?.includes(type) ?? true)
	return { ...intent, allowed_payment_method_types: allowed ?? null, payment_method_types: types }
}

function checkNamed(intent: PaymentIntent, named: string): void {
	const type = DEBIT_TYPES.find((debit) => debit === named)
	if (type === undefined) return
	const { capture_method, currency } = intent
	if (CURRENCIES[type] !== currency) {
		throw invalid(
			`The currency provided (${currency}) is invalid for one or more payment method types on this PaymentIntent. The payment method type ${type} only supports the following currencies: ${CURRENCIES[type]}. Either correct the provided currency, or use a different PaymentIntent to accept this payment method type.`,
			'payment_method_types',
		)
	}
	if (capture_method === 'manual') {
		throw invalid(
			`\`capture_method=manual\` is not supported by payment method type \`${type}\`. Use a different capture method.`,
			'capture_method',
		)
	}
}

export function checkType({ payment_method_types: types }: PaymentIntent, { type }: PaymentMethod): void {
	if (types.includes(type)) return
	throw invalid(
		`The PaymentMethod provided (${type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod with one of the following types: ${types.join(', ')}.`,
		'payment_method',
	)
}
