import { newId } from '../books/ids.ts'
import type { IntentStatus, PaymentIntent } from '../books/payment-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { flag, metadata, nested, oneOf, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call } from './call.ts'
import { readConfirmation } from './confirmation.ts'
import { confirm, type Confirmation } from './confirming.ts'
import { readAmount, readCurrency } from './currencies.ts'
import { withMethodTypes } from './method-types.ts'
import { methodNamed } from './payment-methods.ts'
import { publish } from './publish.ts'

export function intentNamed(desk: Desk, id: string, param = 'intent'): PaymentIntent {
	const intent = desk.books.intents.get(id)
	if (!intent) throw missing('payment_intent', id, param)
	return intent
}

export function inState(intent: PaymentIntent, verb: string, ...allowed: IntentStatus[]): void {
	if (allowed.includes(intent.status)) return
	throw refused(
		`You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be used: ${allowed.join(', ')}.`,
		'payment_intent_unexpected_state',
		{ payment_intent: intent },
	)
}

const USAGES = ['on_session', 'off_session'] as const
const CAPTURES = ['automatic', 'automatic_async', 'manual'] as const

/** What both creating and updating may set. */
export function readFields(params: Form, before?: PaymentIntent): Partial<PaymentIntent> {
	const read = (name: keyof PaymentIntent & string) =>
		params[name] === undefined ? {} : { [name]: text(params, name) ?? null }
	const usage = oneOf(params, 'setup_future_usage', USAGES)
	return {
		...read('customer'),
		...read('description'),
		...read('receipt_email'),
		...read('statement_descriptor'),
		...read('statement_descriptor_suffix'),
		...(usage === undefined ? {} : { setup_future_usage: usage }),
		metadata: metadata(params, before?.metadata),
	}
}

export function create(desk: Desk, call: Call): PaymentIntent {
	const { params } = call
	const id = newId('pi')
	const currency = readCurrency(params)
	const automatic = nested(params, 'automatic_payment_methods')
	const draft: PaymentIntent = withMethodTypes(
		{
			id,
			object: 'payment_intent',
			allowed_payment_method_types: null,
			amount: readAmount(params, currency),
			amount_capturable: 0,
			amount_received: 0,
			automatic_payment_methods: automatic
				? {
						allow_redirects: text(automatic, 'allow_redirects') ?? 'always',
						enabled: flag(automatic, 'enabled') ?? true,
					}
				: null,
			canceled_at: null,
			cancellation_reason: null,
			capture_method: oneOf(params, 'capture_method', CAPTURES) ?? 'automatic',
			client_secret: `${id}_${newId('secret')}`,
			confirmation_method: oneOf(params, 'confirmation_method', ['automatic', 'manual']) ?? 'automatic',
			created: desk.clock.seconds(),
			currency,
			customer: null,
			description: null,
			last_payment_error: null,
			latest_charge: null,
			livemode: false,
			metadata: {},
			next_action: null,
			payment_method: null,
			payment_method_types: [],
			processing: null,
			receipt_email: null,
			setup_future_usage: null,
			shipping: null,
			statement_descriptor: null,
			statement_descriptor_suffix: null,
			status: 'requires_payment_method',
			...readFields(params),
		},
		params,
	)
	if (flag(params, 'confirm')) return open(desk, draft, readConfirmation(desk, call, draft))
	if (text(params, 'confirmation_token')) {
		throw invalid('confirmation_token may only be used together with confirm=true.', 'confirmation_token')
	}
	return open(desk, withMethod(desk, draft, params))
}

/** Nothing reaches the books before every parameter was read: a refused request leaves no trace. */
function open(desk: Desk, draft: PaymentIntent, confirmation?: Confirmation): PaymentIntent {
	const intent = desk.books.intents.put(draft)
	publish(desk, 'payment_intent.created', intent)
	return confirmation ? confirm(desk, intent, confirmation) : intent
}

export function withMethod(desk: Desk, intent: PaymentIntent, params: Form): PaymentIntent {
	const named = text(params, 'payment_method')
	if (named === undefined) return intent
	const { id } = methodNamed(desk, named)
	return { ...intent, next_action: null, payment_method: id, status: 'requires_confirmation' }
}
