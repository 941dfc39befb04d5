import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { DomainError } from '../domain/errors/domain-error.ts'
import { handler, type ApiHandler } from './handler.server.ts'

const refused = handler((request) => {
	const message = `${request.method} is not offered at this path.`
	throw new DomainError('wrong_method', 'method_not_allowed', message)
})

/** Remix's way into a handler that reads: a route's `loader`. */
export const onGet =
	(run: ApiHandler = refused) =>
	({ request, context, params }: LoaderFunctionArgs): Promise<Response> =>
		run(request, context, params)

/** Remix's way into a handler that writes: a route's `action`. Only POST is offered. */
export const onPost =
	(run: ApiHandler = refused) =>
	({ request, context, params }: ActionFunctionArgs): Promise<Response> =>
		(request.method === 'POST' ? run : refused)(request, context, params)

/** The same for a route whose `action` answers PUT. */
export const onPut =
	(run: ApiHandler = refused) =>
	({ request, context, params }: ActionFunctionArgs): Promise<Response> =>
		(request.method === 'PUT' ? run : refused)(request, context, params)

/** The same for a route whose `action` answers several methods, each with a handler of its own. */
export const onMethods =
	(handlers: Partial<Record<'POST' | 'PATCH' | 'DELETE', ApiHandler>>) =>
	({ request, context, params }: ActionFunctionArgs): Promise<Response> => {
		const run = Object.entries(handlers).find(([method]) => method === request.method)?.[1] ?? refused
		return run(request, context, params)
	}
