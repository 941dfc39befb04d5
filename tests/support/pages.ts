import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { House } from './house.ts'

type Page = (args: LoaderFunctionArgs & ActionFunctionArgs) => unknown

export type Visit = {
	form?: Record<string, string>
	cookie?: string
	clientIp?: string
	headers?: Record<string, string>
	params?: Record<string, string>
}
export type Seen = {
	status: number
	headers: Headers
	data: Record<string, unknown>
	location: string | null
}

async function seen(answer: unknown): Promise<Seen> {
	if (answer instanceof Response) {
		const text = await answer.text()
		const data = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
		return { status: answer.status, headers: answer.headers, data, location: answer.headers.get('location') }
	}
	const { data, init } = answer as { data?: Record<string, unknown>; init?: ResponseInit | null }
	const isData = typeof answer === 'object' && answer !== null && 'init' in answer
	return {
		status: (isData && init?.status) || 200,
		headers: new Headers(isData ? (init?.headers ?? {}) : {}),
		data: (isData ? data : answer) as Record<string, unknown>,
		location: null,
	}
}

/** A loader or, with a form, an action of a page, called as Remix calls it: cookies and headers in, status and data out. */
export async function visit(
	{ composed, baseUrl }: House,
	page: Page,
	path: string,
	options: Visit = {},
): Promise<Seen> {
	const { form, cookie, clientIp = '127.0.0.1', headers = {}, params = {} } = options
	const request = new Request(new URL(path, baseUrl), {
		headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...headers },
		...(form && { method: 'POST', body: new URLSearchParams(form) }),
	})
	const context = {
		services: composed,
		requestId: `req_${randomUUID()}`,
		nonce: '',
		clientIp,
		clientGone: new AbortController().signal,
	}
	try {
		return await seen(await page({ request, context, params } as unknown as Parameters<Page>[0]))
	} catch (thrown) {
		if (thrown instanceof Response) return seen(thrown)
		throw thrown
	}
}

/** The cookies of an answer, as the browser would send them back. */
export const cookiesOf = ({ headers }: Seen): string =>
	headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0] ?? '')
		.join('; ')
