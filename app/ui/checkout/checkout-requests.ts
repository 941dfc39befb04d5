import type { Payment } from '../../contracts/payments.ts'
import type { Attempt } from './checkout-attempt.ts'
import type { Problem } from './checkout-state.ts'

export type ConfirmAnswer =
	| { readonly type: 'answered'; readonly payment: Payment }
	| { readonly type: 'refused'; readonly problem: Problem }
	| { readonly type: 'unanswered' }

export type NextAction =
	| { readonly kind: 'redirect'; readonly url: string }
	| { readonly kind: 'stripe'; readonly clientSecret: string }
	| { readonly kind: 'none' }

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
		return { type: 'refused', problem: problemFrom(error) }
	} catch {
		return { type: 'unanswered' }
	}
}

/** Null when nobody could be asked. */
export async function refreshCheckout(sessionId: string): Promise<Payment | null> {
	try {
		const response = await fetch(`/checkout/${sessionId}/refresh`, {
			method: 'POST',
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		})
		if (!response.ok) return null
		return ((await response.json()) as { payment: Payment | null }).payment
	} catch {
		return null
	}
}

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

function problemFrom(error: ErrorBody['error']): Problem {
	const field = error?.param === 'email' || error?.param === 'name' ? error.param : null
	return { message: error?.message ?? 'The shop could not take this payment. No money was taken.', field }
}
