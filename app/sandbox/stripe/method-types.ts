import { CURRENCIES, DEBIT_TYPES } from '../banks/debits.ts'
import type { PaymentMethod } from '../books/method-shapes.ts'
import type { PaymentIntent } from '../books/payment-shapes.ts'
import { type ApiError, invalid } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { list } from '../http/read.ts'

const AT_ONCE = ['card', 'link']

const debitsIn = (currency: string) => DEBIT_TYPES.filter((type) => CURRENCIES[type] === currency)

/** Stripe offers what goes with the payment: a debit is in one currency, and holds no money for later. */
export function withMethodTypes(intent: PaymentIntent, params: Form): PaymentIntent {
	if (params['payment_method_types'] !== undefined) {
		throw invalid(
			'Received unknown parameter: payment_method_types. Did you mean allowed_payment_method_types?',
			'payment_method_types',
			'parameter_unknown',
		)
	}
	const allowed = list(params, 'allowed_payment_method_types') ?? intent.allowed_payment_method_types
	const debits = intent.capture_method === 'manual' ? [] : debitsIn(intent.currency)
	const types = [...AT_ONCE, ...debits].filter((type) => allowed?.includes(type) ?? true)
	if (types.length === 0) throw noneLeft(intent, allowed ?? [])
	return { ...intent, allowed_payment_method_types: allowed, payment_method_types: types }
}

function noneLeft({ currency }: PaymentIntent, allowed: string[]): ApiError {
	const held = debitsIn(currency).find((type) => allowed.includes(type))
	return held
		? invalid(
				`\`capture_method=manual\` is not supported by payment method type \`${held}\`. Use a different capture method.`,
				'capture_method',
			)
		: invalid(
				'No valid payment method types for this Payment Intent. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).',
			)
}

export function checkType({ payment_method_types: types }: PaymentIntent, { type }: PaymentMethod): void {
	if (types.includes(type)) return
	throw invalid(
		`The PaymentMethod provided (${type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${types.join(', ')}.`,
		'payment_method',
	)
}
