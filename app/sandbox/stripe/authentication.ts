import type { PaymentIntent } from '../books/payment-shapes.ts'
import { ApiError } from '../http/errors.ts'
import type { Desk } from '../sandbox.ts'
import { settle } from './confirming.ts'
import { fail } from './failing.ts'
import { isDebit } from './methods.ts'

export type ChallengeOutcome = 'complete' | 'fail'

/** The intent a challenge page was opened for, if its link is genuine. */
export function challenged(desk: Desk, id: string, secret: string | null): PaymentIntent | undefined {
	const intent = desk.books.intents.get(id)
	return intent?.client_secret === secret ? intent : undefined
}

/** What the customer did on the challenge page. Pressing a button twice changes nothing the second time. */
export function finishChallenge(desk: Desk, intent: PaymentIntent, outcome: ChallengeOutcome): PaymentIntent {
	const method = desk.books.methods.get(intent.payment_method ?? '')
	if (intent.status !== 'requires_action' || !method || isDebit(method)) return intent
	if (outcome === 'fail') {
		return fail(desk, intent, {
			type: 'invalid_request_error',
			code: 'payment_intent_authentication_failure',
			message:
				'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
			payment_method: method,
		})
	}
	try {
		return settle(desk, intent, method, true)
	} catch (error) {
		// A declined card is an answer to the API, but here only the intent's new state matters.
		if (error instanceof ApiError) return desk.books.intents.get(intent.id) ?? intent
		throw error
	}
}
