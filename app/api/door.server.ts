import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { DomainError } from '../domain/errors/domain-error.ts'
import { handler, type ApiHandler } from './handler.server.ts'

type Methods = Partial<Record<'GET' | 'POST', ApiHandler>>

const refuse = (allowed: string): ApiHandler =>
	handler((request) => {
		throw new DomainError(
			'wrong_method',
			'method_not_allowed',
			`${request.method} is not offered here. Use ${allowed}.`,
		)
	})

/** Remix's way into API handlers: `loader` and `action` for a route module. */
export function door(methods: Methods) {
	const refused = refuse(Object.keys(methods).join(' or '))
	const open = (method: keyof Methods) => methods[method] ?? refused
	return {
		loader: ({ request, context, params }: LoaderFunctionArgs): Promise<Response> =>
			open('GET')(request, context, params),
		action: ({ request, context, params }: ActionFunctionArgs): Promise<Response> =>
			(request.method === 'POST' ? open('POST') : refused)(request, context, params),
	}
}
