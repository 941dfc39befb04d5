import type { ErrorDetails } from '../http/errors.ts'
import { ApiError } from '../http/errors.ts'
import type { Acceptance, Debit, PaymentMethod } from '../books/method-shapes.ts'
import type { PaymentIntent } from '../books/payment-shapes.ts'
import type { Behaviour } from '../cards/behaviours.ts'
import { type Decline, declineNamed } from '../cards/declines.ts'
import type { Desk } from '../sandbox.ts'
import { charge } from './charging.ts'
import { debit } from './debiting.ts'
import { fail } from './failing.ts'
import { behaviourOfMethod, isDebit } from './methods.ts'
import { publish } from './publish.ts'

export interface Confirmation {
	method: PaymentMethod
	returnUrl: string | null
	offSession: boolean
	/** The page runs Stripe's own script, which shows the challenge itself. */
	usesSdk: boolean
	errorOnAction: boolean
	/** That the payer agreed to be debited; null where an earlier mandate still stands, and for cards. */
	acceptance: Acceptance | null
}

type Immediate = Exclude<PaymentMethod, Debit>

/** Answers with the intent after the attempt, or throws Stripe's 402 with the intent inside. */
export function confirm(desk: Desk, intent: PaymentIntent, confirmation: Confirmation): PaymentIntent {
	const { method } = confirmation
	const bound = { ...intent, payment_method: method.id, last_payment_error: null, next_action: null }
	if (isDebit(method)) return debit(desk, bound, method, confirmation.acceptance)
	const behaviour = behaviourOfMethod(desk, method)
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
	method: Immediate,
	authenticated: boolean,
): PaymentIntent {
	const behaviour = behaviourOfMethod(desk, method)
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
	method: Immediate,
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
