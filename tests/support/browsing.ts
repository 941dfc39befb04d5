import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { House } from './house.ts'

type Args = LoaderFunctionArgs & ActionFunctionArgs
type Handler = (args: never) => unknown

export type Seen = { status: number; data: unknown; location: string | null }

/** A browser without pages: keeps cookies, and calls what stands behind a page as the app would. */
export type Browsing = {
	cookies: Map<string, string>
	/** Every Set-Cookie it was sent, attributes and all. */
	setCookies: string[]
	get(loader: Handler, path: string, params?: Record<string, string>): Promise<Seen>
	post(
		action: Handler,
		path: string,
		form: Record<string, string>,
		params?: Record<string, string>,
	): Promise<Seen>
}

type WithInit = { data: unknown; init: ResponseInit | null }
const isWithInit = (answer: unknown): answer is WithInit =>
	typeof answer === 'object' && answer !== null && 'init' in answer && 'data' in answer

export function browse({ composed: services, baseUrl }: Pick<House, 'composed' | 'baseUrl'>): Browsing {
	const cookies = new Map<string, string>()
	const setCookies: string[] = []

	function keep(headers: Headers): void {
		for (const line of headers.getSetCookie()) {
			setCookies.push(line)
			const [pair = ''] = line.split(';')
			const at = pair.indexOf('=')
			if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at))
			else cookies.set(pair.slice(0, at), pair.slice(at + 1))
		}
	}

	async function seen(answer: unknown): Promise<Seen> {
		if (answer instanceof Response) {
			keep(answer.headers)
			const body = await answer.text()
			const isJson = answer.headers.get('content-type')?.includes('json')
			return {
				status: answer.status,
				data: isJson ? JSON.parse(body) : body,
				location: answer.headers.get('location'),
			}
		}
		if (!isWithInit(answer)) return { status: 200, data: answer, location: null }
		keep(new Headers(answer.init?.headers))
		return { status: answer.init?.status ?? 200, data: answer.data, location: null }
	}

	async function call(handler: Handler, request: Request, params: Record<string, string>): Promise<Seen> {
		const context = {
			services,
			requestId: 'req_test',
			nonce: '',
			clientIp: '127.0.0.1',
			clientGone: new AbortController().signal,
		}
		try {
			return await seen(await (handler as (args: Args) => unknown)({ request, context, params } as Args))
		} catch (error) {
			if (error instanceof Response || isWithInit(error)) return seen(error)
			throw error
		}
	}

	const headers = () => ({
		cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
		'sec-fetch-site': 'same-origin',
	})
	return {
		cookies,
		setCookies,
		get: (loader, path, params = {}) =>
			call(loader, new Request(baseUrl + path, { headers: headers() }), params),
		post: (action, path, form, params = {}) =>
			call(
				action,
				new Request(baseUrl + path, {
					method: 'POST',
					headers: headers(),
					body: new URLSearchParams(form),
				}),
				params,
			),
	}
}
