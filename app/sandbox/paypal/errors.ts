import { json, type Reply } from '../http/message.ts'
import type { Link } from './links.ts'

export interface Issue {
	issue: string
	description: string
	field?: string
	value?: string
	location?: 'body' | 'path' | 'query' | 'header'
}

const MESSAGES: Record<string, string> = {
	AUTHENTICATION_FAILURE:
		'Authentication failed due to invalid authentication credentials or a missing Authorization header.',
	INTERNAL_SERVER_ERROR: 'An internal server error occurred.',
	INVALID_REQUEST: 'Request is not well-formed, syntactically incorrect, or violates schema.',
	NOT_AUTHORIZED: 'Authorization failed due to insufficient permissions.',
	RATE_LIMIT_REACHED: 'Too many requests. Blocked due to rate limiting.',
	RESOURCE_CONFLICT: 'The server has detected a conflict while processing this request.',
	RESOURCE_NOT_FOUND: 'The specified resource does not exist.',
	UNPROCESSABLE_ENTITY:
		'The requested action could not be performed, semantically incorrect, or failed business validation.',
}

const STATUS: Record<string, number> = {
	AUTHENTICATION_FAILURE: 401,
	INTERNAL_SERVER_ERROR: 500,
	INVALID_REQUEST: 400,
	NOT_AUTHORIZED: 403,
	RATE_LIMIT_REACHED: 429,
	RESOURCE_CONFLICT: 409,
	RESOURCE_NOT_FOUND: 404,
	UNPROCESSABLE_ENTITY: 422,
}

export class PayPalError extends Error {
	override readonly name = 'PayPalError'
	readonly kind: string
	readonly details: Issue[]
	readonly links: Link[]

	constructor(kind: string, details: Issue[] = [], links: Link[] = []) {
		super(details[0]?.issue ?? kind)
		this.kind = kind
		this.details = details
		this.links = links
	}

	reply(debugId: string): Reply {
		const { details, kind, links } = this
		return json(
			{
				name: kind,
				...(details.length > 0 && { details }),
				message: MESSAGES[kind] ?? kind,
				debug_id: debugId,
				links: [...details.map(information), ...links],
			},
			STATUS[kind] ?? 500,
		)
	}
}

const information = ({ issue }: Issue): Link => ({
	href: `https://developer.paypal.com/docs/api/orders/v2/#error-${issue}`,
	rel: 'information_link',
	method: 'GET',
})

/** Badly formed: the caller wrote it wrong. */
export const invalid = (issue: string, field: string, description: string): PayPalError =>
	new PayPalError('INVALID_REQUEST', [{ field, issue, description, location: 'body' }])

/** Well formed, but what was asked cannot be done. */
export const refused = (issue: string, description: string, field?: string): PayPalError =>
	new PayPalError('UNPROCESSABLE_ENTITY', [{ issue, description, ...(field !== undefined && { field }) }])

export const missing = (value: string): PayPalError =>
	new PayPalError('RESOURCE_NOT_FOUND', [
		{
			issue: 'INVALID_RESOURCE_ID',
			description: 'Specified resource ID does not exist. Please check the resource ID and try again.',
			value,
			location: 'path',
		},
	])
