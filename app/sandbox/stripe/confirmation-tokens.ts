import { newId } from '../books/ids.ts'
import type { Card, ConfirmationToken } from '../books/payment-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import { nested, oneOf, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Handler, Routes } from './call.ts'
import { readBilling, readCard } from './card-input.ts'
import type { Billing } from './cards.ts'
import { methodNamed } from './payment-methods.ts'

const LIFETIME_SECONDS = 12 * 3_600
const USAGES = ['on_session', 'off_session'] as const

function keep(desk: Desk, call: Call, card: Card, billing: Billing): ConfirmationToken {
	const created = desk.clock.seconds()
	return desk.books.tokens.put({
		id: newId('ctoken'),
		object: 'confirmation_token',
		created,
		expires_at: created + LIFETIME_SECONDS,
		livemode: false,
		payment_intent: null,
		payment_method_preview: { billing_details: billing, card, customer: null, type: 'card' },
		return_url: text(call.params, 'return_url') ?? null,
		setup_future_usage: oneOf(call.params, 'setup_future_usage', USAGES) ?? null,
		setup_intent: null,
		shipping: null,
		use_stripe_sdk: true,
	})
}

const createFromFrame: Handler = (desk, call) => {
	if (!call.fromBrowser) {
		throw invalid('Confirmation tokens are made by the card frame, with the publishable key.')
	}
	const typed = nested(call.params, 'payment_method_data') ?? {}
	const billing = readBilling(nested(typed, 'billing_details'))
	return keep(desk, call, readCard(desk, call, nested(typed, 'card') ?? {}, billing), billing)
}

const createForTest: Handler = (desk, call) => {
	const typed = nested(call.params, 'payment_method_data')
	if (typed) {
		const billing = readBilling(nested(typed, 'billing_details'))
		return keep(desk, call, readCard(desk, call, nested(typed, 'card') ?? {}, billing), billing)
	}
	const method = methodNamed(desk, required(call.params, 'payment_method'))
	return keep(desk, call, method.card, method.billing_details)
}

export function tokenNamed(desk: Desk, id: string, param = 'confirmation_token'): ConfirmationToken {
	const token = desk.books.tokens.get(id)
	if (!token) throw missing('confirmation_token', id, param)
	return token
}

/** Tokens are single use. */
export function usableToken(desk: Desk, id: string): ConfirmationToken {
	const token = tokenNamed(desk, id)
	if (token.payment_intent !== null) {
		throw refused(
			`The ConfirmationToken ${id} has already been used and cannot be used again. Collect the payment details anew.`,
			undefined,
			{ param: 'confirmation_token' },
		)
	}
	if (token.expires_at <= desk.clock.seconds()) {
		throw refused(`The ConfirmationToken ${id} has expired.`, undefined, { param: 'confirmation_token' })
	}
	return token
}

export const confirmationTokenRoutes: Routes = {
	'POST /v1/confirmation_tokens': createFromFrame,
	'POST /v1/test_helpers/confirmation_tokens': createForTest,
	'GET /v1/confirmation_tokens/:id': (desk, call) => tokenNamed(desk, call.id, 'id'),
}
