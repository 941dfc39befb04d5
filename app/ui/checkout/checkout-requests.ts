import type { OfferedMethod } from '../../contracts/checkout.ts'
import type { FxQuote } from '../../contracts/fx.ts'
import type { Payment } from '../../contracts/payments.ts'
import type { Attempt } from './checkout-attempt.ts'
import type { Problem } from './checkout-state.ts'

export type ConfirmAnswer =
	| { readonly type: 'answered'; readonly payment: Payment }
	| { readonly type: 'refused'; readonly problem: Problem }
	| { readonly type: 'unanswered' }

export type NextAction =
	/** Another site's page, in a frame of ours. */
	| { readonly kind: 'frame'; readonly url: string }
	/** Another site's page, in place of ours. */
	| { readonly kind: 'redirect'; readonly url: string }
	/** PayPal's own window, when its button has opened one; otherwise the address takes the place of ours. */
	| { readonly kind: 'paypal'; readonly orderId: string; readonly url: string }
	| { readonly kind: 'stripe'; readonly clientSecret: string }
	| { readonly kind: 'none' }

/** The price in another currency, and how it can be paid there. */
export type Quoted = { readonly quote: FxQuote; readonly methods: OfferedMethod[] }

export type QuoteAnswer = Quoted | { readonly refused: string }

type ErrorBody = { error?: { code?: string; message?: string; param?: string | null } }

const ANSWER_WITHIN_MS = 20_000

/** "Unanswered" means the outcome is unknown: only the same key may ask again. */
export async function confirmCheckout(
	sessionId: string,
	attempt: Attempt,
	signal: AbortSignal,
): Promise<ConfirmAnswer> {
	try {
		const response = await fetch(`/checkout/${sessionId}/confirm`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'idempotency-key': attempt.key },
			body: JSON.stringify(attempt.body),
			signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
		})
		const body: unknown = await response.json()
		if (response.ok) return { type: 'answered', payment: (body as { payment: Payment }).payment }
		const { error } = body as ErrorBody
		if (response.status >= 500 || stillRunning(response.status, error?.code)) return { type: 'unanswered' }
		return { type: 'refused', problem: problemFrom(error, response) }
	} catch {
		return { type: 'unanswered' }
	}
}

/** Asks the gateway now how the payment stands. Null when nobody could be asked. */
export const refreshCheckout = (sessionId: string): Promise<Payment | null> => postFor(sessionId, 'refresh')

/** Calls off what waits for the payer's yes. Null when nobody could be asked. */
export const abandonTry = (sessionId: string): Promise<Payment | null> => postFor(sessionId, 'abandon')

async function postFor(sessionId: string, verb: 'refresh' | 'abandon'): Promise<Payment | null> {
	try {
		const response = await fetch(`/checkout/${sessionId}/${verb}`, {
			method: 'POST',
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		})
		if (!response.ok) return null
		return ((await response.json()) as { payment: Payment | null }).payment
	} catch {
		return null
	}
}

export async function askForQuote(sessionId: string, currency: string): Promise<QuoteAnswer> {
	try {
		const response = await fetch(`/checkout/${sessionId}/quote`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ currency }),
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		})
		const body: unknown = await response.json()
		return response.ok ? (body as Quoted) : { refused: NO_RATE }
	} catch {
		return { refused: NO_RATE }
	}
}

const NO_RATE = 'No rate could be had just now.'

export async function readNextAction(sessionId: string): Promise<NextAction | null> {
	try {
		const response = await fetch(`/checkout/${sessionId}/next-action`, {
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		})
		return response.ok ? ((await response.json()) as NextAction) : null
	} catch {
		return null
	}
}

const stillRunning = (status: number, code: string | undefined) =>
	status === 409 && code === 'idempotency_key_in_use'

function problemFrom(error: ErrorBody['error'], response: Response): Problem {
	const field = error?.param === 'email' || error?.param === 'name' ? error.param : null
	return {
		message: plainWords(error) ?? 'The shop could not take this payment. No money was taken.',
		field,
		code: error?.code,
		retryAt: retryAtOf(response),
	}
}

/** Messages name their field first, for developers: "quote_id: this price no longer holds." */
function plainWords(error: ErrorBody['error']): string | undefined {
	const { message, param } = error ?? {}
	if (!message || !param || !message.startsWith(`${param}: `)) return message
	const words = message.slice(param.length + 2)
	return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Only a "too many" is worth a count-down; anything else may be tried again at once. */
function retryAtOf({ status, headers }: Response): number | undefined {
	const seconds = Number(headers.get('retry-after'))
	return status === 429 ? Date.now() + Math.max(Number.isFinite(seconds) ? seconds : 0, 1) * 1000 : undefined
}
