import type { ErrorDetails } from '../http/errors.ts'
import { ApiError } from '../http/errors.ts'
import type { PaymentIntent, PaymentMethod } from '../books/payment-shapes.ts'
import type { Behaviour } from '../cards/behaviours.ts'
import { type Decline, declineNamed } from '../cards/declines.ts'
import type { Desk } from '../sandbox.ts'
import { behaviourOfCard } from './cards.ts'
import { charge } from './charging.ts'
import { publish } from './publish.ts'

export interface Confirmation {
	method: PaymentMethod
	returnUrl: string | null
	offSession: boolean
	/** The page runs Stripe's own script, which shows the challenge itself. */
	usesSdk: boolean
	errorOnAction: boolean
}

/** Answers with the intent after the attempt, or throws Stripe's 402 with the intent inside. */
export function confirm(desk: Desk, intent: PaymentIntent, confirmation: Confirmation): PaymentIntent {
	const { method } = confirmation
	const behaviour = behaviourOfCard(desk, method.card)
	const bound = { ...intent, payment_method: method.id, last_payment_error: null, next_action: null }
	if (behaviour.authentication === 'lookup_fails') {
		return decline(desk, bound, method, behaviour, declineNamed('generic_decline'))
	}
	if (needsAuthentication(behaviour, confirmation)) {
		if (confirmation.offSession || confirmation.errorOnAction) {
			return decline(desk, bound, method, behaviour, declineNamed('authentication_required'))
		}
		return challenge(desk, bound, confirmation)
	}
	return settle(desk, bound, method, false)
}

function needsAuthentication({ authentication }: Behaviour, { method, offSession }: Confirmation): boolean {
	if (authentication === undefined) return false
	if (!offSession || authentication === 'always') return true
	return authentication === 'unless_set_up' && method.customer === null
}

function challenge(desk: Desk, intent: PaymentIntent, confirmation: Confirmation): PaymentIntent {
	const secret = encodeURIComponent(intent.client_secret)
	const url = `${desk.publicUrl()}/3ds/${intent.id}?client_secret=${secret}`
	const waiting = desk.books.intents.put({
		...intent,
		status: 'requires_action',
		next_action: confirmation.usesSdk
			? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
			: { type: 'redirect_to_url', redirect_to_url: { url, return_url: confirmation.returnUrl } },
	})
	publish(desk, 'payment_intent.requires_action', waiting)
	return waiting
}

/** Charges a card that owes no further authentication. */
export function settle(
	desk: Desk,
	intent: PaymentIntent,
	method: PaymentMethod,
	authenticated: boolean,
): PaymentIntent {
	const behaviour = behaviourOfCard(desk, method.card)
	if (behaviour.decline) {
		return decline(desk, intent, method, behaviour, declineNamed(behaviour.decline), authenticated)
	}
	const { id } = charge(desk, { intent, method, behaviour, authenticated })
	const manual = intent.capture_method === 'manual'
	const settled = desk.books.intents.put({
		...intent,
		amount_capturable: manual ? intent.amount : 0,
		amount_received: manual ? 0 : intent.amount,
		latest_charge: id,
		next_action: null,
		status: manual ? 'requires_capture' : 'succeeded',
	})
	publish(desk, manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', settled)
	return settled
}

function decline(
	desk: Desk,
	intent: PaymentIntent,
	method: PaymentMethod,
	behaviour: Behaviour,
	reason: Decline,
	authenticated = false,
): never {
	const { id } = charge(desk, { intent, method, behaviour, authenticated, decline: reason })
	const { code, decline_code, message } = reason
	const error: ErrorDetails = {
		type: 'card_error',
		code,
		decline_code,
		message,
		charge: id,
		payment_method: method,
		...(code === 'incorrect_cvc' ? { param: 'cvc' } : {}),
		...(code === 'expired_card' ? { param: 'exp_month' } : {}),
	}
	throw new ApiError(402, { ...error, payment_intent: fail(desk, intent, error, id) }, true)
}

/** Back to the start: another card may be tried on the same intent. */
export function fail(
	desk: Desk,
	intent: PaymentIntent,
	error: ErrorDetails,
	latestCharge = intent.latest_charge,
): PaymentIntent {
	const failed = desk.books.intents.put({
		...intent,
		last_payment_error: error,
		latest_charge: latestCharge,
		next_action: null,
		payment_method: null,
		status: 'requires_payment_method',
	})
	publish(desk, 'payment_intent.payment_failed', failed)
	return failed
}
