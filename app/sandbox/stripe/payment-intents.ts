import type { PaymentIntent } from '../books/payment-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import { integer, oneOf, text } from '../http/read.ts'
import type { Handler, Routes } from './call.ts'
import { collect } from './charging.ts'
import { readConfirmation } from './confirmation.ts'
import { confirm as confirmWith } from './confirming.ts'
import { checkStep, readAmount, readCurrency } from './currencies.ts'
import { voidDebit } from './debiting.ts'
import { create, inState, intentNamed, readFields, withMethod } from './intents.ts'
import { list } from './listing.ts'
import { withMethodTypes } from './method-types.ts'
import { behaviourOfCharge } from './methods.ts'
import { publish } from './publish.ts'

/** A browser may look at and confirm an intent, given its client secret. */
const retrieve: Handler = (desk, call) => {
	const intent = intentNamed(desk, call.id)
	if (call.fromBrowser && text(call.params, 'client_secret') !== intent.client_secret) {
		throw missing('payment_intent', call.id, 'intent')
	}
	return intent
}

const update: Handler = (desk, call) => {
	const { params } = call
	const intent = intentNamed(desk, call.id)
	const money = params['amount'] !== undefined || params['currency'] !== undefined
	if (money) inState(intent, 'update', 'requires_payment_method', 'requires_confirmation', 'requires_action')
	const currency = params['currency'] === undefined ? intent.currency : readCurrency(params)
	const changed = {
		...intent,
		...readFields(params, intent),
		...(params['amount'] === undefined ? {} : { amount: readAmount(params, currency) }),
		currency,
	}
	return desk.books.intents.put(withMethod(desk, withMethodTypes(changed, params), params))
}

const confirm: Handler = (desk, call) => {
	const intent = retrieve(desk, call) as PaymentIntent
	inState(intent, 'confirm', 'requires_payment_method', 'requires_confirmation', 'requires_action')
	const changed = withMethodTypes({ ...intent, ...readFields(call.params, intent) }, call.params)
	return confirmWith(desk, changed, readConfirmation(desk, call, changed))
}

const capture: Handler = (desk, call) => {
	const intent = intentNamed(desk, call.id)
	inState(intent, 'capture', 'requires_capture')
	const amount = integer(call.params, 'amount_to_capture') ?? intent.amount_capturable
	if (amount < 1) throw invalid('Invalid positive integer', 'amount_to_capture', 'parameter_invalid_integer')
	if (amount > intent.amount_capturable) {
		throw refused(
			'The requested capture amount is greater than the amount you can capture for this charge.',
			'amount_too_large',
			{ param: 'amount_to_capture' },
		)
	}
	checkStep(amount, intent.currency, 'amount_to_capture')
	const approved = desk.books.charges.get(intent.latest_charge ?? '')
	if (!approved) throw missing('charge', String(intent.latest_charge))
	const collected = collect(desk, approved, amount, behaviourOfCharge(desk, approved))
	publish(desk, 'charge.captured', collected)
	const captured = desk.books.intents.put({
		...intent,
		amount_capturable: 0,
		amount_received: amount,
		status: 'succeeded',
	})
	publish(desk, 'payment_intent.succeeded', captured)
	return captured
}

const CANCELABLE = [
	'requires_payment_method',
	'requires_capture',
	'requires_confirmation',
	'requires_action',
] as const
const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const

const cancel: Handler = (desk, call) => {
	const intent = intentNamed(desk, call.id)
	const reason = oneOf(call.params, 'cancellation_reason', REASONS) ?? null
	const latest = desk.books.charges.get(intent.latest_charge ?? '')
	if (!(latest && voidDebit(desk, latest))) inState(intent, 'cancel', ...CANCELABLE)
	const held = intent.status === 'requires_capture' && latest
	if (held) {
		const released = { ...held, amount_refunded: held.amount, refunded: true }
		publish(desk, 'charge.refunded', desk.books.charges.put(released))
	}
	const canceled = desk.books.intents.put({
		...intent,
		amount_capturable: 0,
		canceled_at: desk.clock.seconds(),
		cancellation_reason: reason,
		next_action: null,
		status: 'canceled',
	})
	publish(desk, 'payment_intent.canceled', canceled)
	return canceled
}

const index: Handler = (desk, call) => {
	const customer = text(call.params, 'customer')
	return list(
		'/v1/payment_intents',
		desk.books.intents,
		call.params,
		(intent) => customer === undefined || intent.customer === customer,
	)
}

export const paymentIntentRoutes: Routes = {
	'POST /v1/payment_intents': create,
	'GET /v1/payment_intents': index,
	'GET /v1/payment_intents/:id': retrieve,
	'POST /v1/payment_intents/:id': update,
	'POST /v1/payment_intents/:id/confirm': confirm,
	'POST /v1/payment_intents/:id/capture': capture,
	'POST /v1/payment_intents/:id/cancel': cancel,
}
