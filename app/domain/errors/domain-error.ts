/** Kinds of expected failure. The HTTP edge turns each into one status. */
export type ErrorKind =
	| 'invalid'
	| 'unauthenticated'
	| 'forbidden'
	| 'not_found'
	| 'conflict'
	| 'key_reused'
	| 'too_large'
	| 'unsupported_type'
	| 'wrong_method'
	| 'rate_limited'
	| 'unavailable'

// Recognised by brand and not by class: the server bundle and hot reload each load a copy of this module.
const BRAND = Symbol.for('tillhouse.DomainError')

/** A failure the caller can understand. `message` is plain language; `param` names the field at fault. */
export class DomainError extends Error {
	readonly [BRAND] = true
	readonly kind: ErrorKind
	readonly code: string
	readonly param: string | undefined
	/** More members for the error envelope, such as the `resource_id` of the first request. */
	readonly extra: Readonly<Record<string, string>>
	/** From when on the same request may be taken. */
	readonly retryAfterSeconds: number | undefined

	constructor(
		kind: ErrorKind,
		code: string,
		message: string,
		options: { param?: string; extra?: Readonly<Record<string, string>>; retryAfterSeconds?: number } = {},
	) {
		super(message)
		this.name = 'DomainError'
		this.kind = kind
		this.code = code
		this.param = options.param
		this.extra = options.extra ?? {}
		this.retryAfterSeconds = options.retryAfterSeconds
	}
}

export const isDomainError = (error: unknown): error is DomainError =>
	typeof error === 'object' && error !== null && BRAND in error
