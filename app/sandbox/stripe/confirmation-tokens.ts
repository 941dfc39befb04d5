import { newId } from '../books/ids.ts'
import type { Billing, ConfirmationToken } from '../books/method-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import { nested, oneOf, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call, Handler, Routes } from './call.ts'
import { readAcceptance } from './mandates.ts'
import { readInstrument } from './method-input.ts'
import { instrumentOf, vault } from './methods.ts'
import { methodNamed } from './payment-methods.ts'
import type { Paid } from './wallets.ts'

const LIFETIME_SECONDS = 12 * 3_600
const USAGES = ['on_session', 'off_session'] as const

function keep(desk: Desk, call: Call, paid: Paid, billing: Billing): ConfirmationToken {
	const id = newId('ctoken')
	const created = desk.clock.seconds()
	const acceptance = readAcceptance(call)
	if (paid.linkedCard !== undefined) vault(desk, id, paid.linkedCard)
	return desk.books.tokens.put({
		id,
		object: 'confirmation_token',
		created,
		expires_at: created + LIFETIME_SECONDS,
		livemode: false,
		mandate_data: acceptance,
		metadata: {},
		payment_intent: null,
		payment_method_options: null,
		payment_method_preview: {
			...paid.instrument,
			allow_redisplay: 'unspecified',
			billing_details: billing,
			customer: null,
			customer_account: null,
		},
		return_url: text(call.params, 'return_url') ?? null,
		setup_future_usage: oneOf(call.params, 'setup_future_usage', USAGES) ?? null,
		setup_intent: null,
		shipping: null,
		use_stripe_sdk: true,
	})
}

const createFromFrame: Handler = (desk, call) => {
	if (!call.fromBrowser) {
		throw invalid('Confirmation tokens are made by the frames, with the publishable key.')
	}
	return createFromData(desk, call)
}

const createFromData: Handler = (desk, call) => {
	const { billing, ...paid } = readInstrument(desk, call, nested(call.params, 'payment_method_data') ?? {})
	return keep(desk, call, paid, billing)
}

const createForTest: Handler = (desk, call) => {
	if (nested(call.params, 'payment_method_data')) return createFromData(desk, call)
	const method = methodNamed(desk, required(call.params, 'payment_method'))
	const linkedCard = desk.books.vault.get(method.id)?.number
	const paid = { instrument: instrumentOf(method), ...(linkedCard === undefined ? {} : { linkedCard }) }
	return keep(desk, call, paid, method.billing_details)
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
