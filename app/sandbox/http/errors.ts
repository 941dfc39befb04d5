export interface ErrorDetails {
	type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error' | 'rate_limit_error'
	message: string
	code?: string
	decline_code?: string
	param?: string
	charge?: string
	payment_intent?: unknown
	payment_method?: unknown
	advice_code?: string
}

/** `executed` says whether work began: only then does Stripe keep the answer under its idempotency key. */
export class ApiError extends Error {
	override readonly name = 'ApiError'
	readonly status: number
	readonly details: ErrorDetails
	readonly executed: boolean

	constructor(status: number, details: ErrorDetails, executed = false) {
		super(details.message)
		this.status = status
		this.details = details
		this.executed = executed
	}
}

export function envelope(details: ErrorDetails): { error: ErrorDetails & { doc_url?: string } } {
	if (details.code === undefined) return { error: details }
	return {
		error: {
			...details,
			doc_url: `https://stripe.com/docs/error-codes/${details.code.replaceAll('_', '-')}`,
		},
	}
}

export function invalid(message: string, param?: string, code?: string): ApiError {
	return new ApiError(400, {
		type: 'invalid_request_error',
		message,
		...(code === undefined ? {} : { code }),
		...(param === undefined ? {} : { param }),
	})
}

/** The request was well-formed, but the object's present state forbids it. */
export function refused(message: string, code?: string, about: Partial<ErrorDetails> = {}): ApiError {
	return new ApiError(
		400,
		{ type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }), ...about },
		true,
	)
}

export function missing(kind: string, id: string, param = 'id'): ApiError {
	return new ApiError(404, {
		type: 'invalid_request_error',
		code: 'resource_missing',
		message: `No such ${kind}: '${id}'`,
		param,
	})
}

export function unauthorised(message: string): ApiError {
	return new ApiError(401, { type: 'invalid_request_error', message })
}
