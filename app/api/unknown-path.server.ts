import { DomainError } from '../domain/errors/domain-error.ts'
import { handler } from './handler.server.ts'

/** Whatever the API does not have: an envelope, not a page. */
export const unknownPath = handler((request) => {
	const { pathname } = new URL(request.url)
	throw new DomainError('not_found', 'unknown_path', `There is nothing at ${request.method} ${pathname}.`)
})
