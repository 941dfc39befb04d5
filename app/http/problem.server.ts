import { z } from 'zod'
import { isDomainError, type DomainError, type ErrorKind } from '../domain/errors/domain-error.ts'
import { TRY_LIMITS } from '../domain/fraud/card-testing.ts'
import { withoutSecrets } from '../telemetry/redaction.server.ts'

const STATUS: Record<ErrorKind, number> = {
	invalid: 400,
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	conflict: 409,
	key_reused: 422,
	too_large: 413,
	unsupported_type: 415,
	wrong_method: 405,
	rate_limited: 429,
	unavailable: 503,
}

export const statusOf = ({ kind }: DomainError): number => STATUS[kind]

const TYPE: Record<ErrorKind, string> = {
	invalid: 'invalid_request_error',
	unauthenticated: 'authentication_error',
	forbidden: 'permission_error',
	not_found: 'invalid_request_error',
	conflict: 'invalid_request_error',
	key_reused: 'idempotency_error',
	too_large: 'invalid_request_error',
	unsupported_type: 'invalid_request_error',
	wrong_method: 'invalid_request_error',
	rate_limited: 'rate_limit_error',
	unavailable: 'api_error',
}

/** A pool that was full or a database that was away is usually back by then. */
export const RETRY_AFTER_SECONDS = '2'

type Envelope = { type: string; code: string; message: string; param?: string | undefined }

function answer(status: number, error: Envelope & Record<string, unknown>, requestId: string): Response {
	const headers = new Headers({ 'cache-control': 'no-store' })
	if (status === 503) headers.set('retry-after', RETRY_AFTER_SECONDS)
	if (status === 401) headers.set('www-authenticate', 'Bearer')
	// Some messages repeat what was asked for, which may be the number of a card or a key in the wrong place.
	const told = { ...error, message: withoutSecrets(error.message), request_id: requestId }
	return Response.json({ error: told }, { status, headers })
}

/** As the drafts of the RateLimit fields have it: nothing is left of the quota for so many seconds. */
const POLICY = TRY_LIMITS.map(({ name, most, seconds }) => `"${name}";q=${most};w=${seconds}`).join(', ')

function fromDomain(error: DomainError, requestId: string): Response {
	const { code, message, param, extra, retryAfterSeconds: wait } = error
	const response = answer(
		STATUS[error.kind],
		{ type: TYPE[error.kind], code, message, param, ...extra },
		requestId,
	)
	if (wait !== undefined) {
		response.headers.set('retry-after', String(wait))
		if (code === 'too_many_tries') {
			response.headers.set('ratelimit-policy', POLICY)
			response.headers.set('ratelimit', `"${TRY_LIMITS[0].name}";r=0;t=${wait}`)
		}
	}
	return response
}

/** The first thing wrong, named by its path: `metadata.order`, `amount`. */
function fromZod(error: z.ZodError, requestId: string): Response {
	const issue = error.issues[0]
	const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
	const param = [...(issue?.path ?? []), ...(unknownKey ? [unknownKey] : [])].join('.')
	const what = unknownKey ? 'is not a parameter of this request' : (issue?.message ?? 'is not valid')
	const message = param ? `${param}: ${what}` : `The request is not valid: ${what}`
	const code = unknownKey ? 'parameter_unknown' : 'parameter_invalid'
	return answer(400, { type: 'invalid_request_error', code, message, param: param || undefined }, requestId)
}

const sqlState = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
		? error.code
		: ''

/** Postgres is away, full or too slow: nothing was written, the caller may try again. */
export const isUnavailable = (error: unknown): boolean =>
	/^(08|53|57P|55P03|57014|ECONN|EPIPE|ETIMEDOUT)/.test(sqlState(error)) ||
	(error instanceof Error &&
		/timeout exceeded when trying to connect|Connection terminated|is not queryable|Query read timeout/.test(
			error.message,
		))

/** Tried again and again, and somebody else was always first. */
const isContended = (error: unknown): boolean => /^40(P01|001)$/.test(sqlState(error))

type Report = (error: unknown) => void

/** The one place where errors become HTTP. What nobody expected is reported and says nothing about our insides. */
export function problemResponse(error: unknown, requestId: string, report: Report): Response {
	if (error instanceof Response) return error
	if (isDomainError(error)) return fromDomain(error, requestId)
	if (error instanceof z.ZodError) return fromZod(error, requestId)
	if (/^22...$/.test(sqlState(error))) {
		const message = 'A value in this request cannot be kept in the database.'
		return answer(400, { type: 'invalid_request_error', code: 'parameter_invalid', message }, requestId)
	}
	report(error)
	if (isUnavailable(error) || isContended(error)) {
		const message =
			'The service cannot answer just now. Try again in a moment, with the same Idempotency-Key.'
		return answer(503, { type: 'api_error', code: 'unavailable', message }, requestId)
	}
	const message = 'Something went wrong on our side. Try again with the same Idempotency-Key.'
	return answer(500, { type: 'api_error', code: 'internal', message }, requestId)
}

/**
 * The answer to an error after the effect was committed, to be kept for the request's key; null for errors that have
 * an answer of their own or pass by themselves.
 */
export function failureToKeep(requestId: string, report: Report) {
	return async (error: unknown, resourceId: string): Promise<{ status: number; body: string } | null> => {
		if (problemResponse(error, requestId, () => undefined).status !== 500) return null
		report(error)
		const message = `This request was carried out, but something went wrong before it was answered. Read ${resourceId} for what became of it: this Idempotency-Key goes on answering so.`
		const details = { type: 'api_error', code: 'internal', message, resource_id: resourceId }
		return { status: 500, body: await answer(500, details, requestId).text() }
	}
}
