import { join } from 'node:path'
import type { RequestContext } from '#app/compose.server.ts'
import type { House } from '#tests/support/house.ts'

type Asked = { request: Request; context: RequestContext; params: Record<string, string> }
type Module = Partial<Record<'loader' | 'action', (asked: Asked) => unknown>>

export type PageRequest = {
	file: string
	/** With its parameters filled in. */
	path: string
	params: Record<string, string>
	cookie: string | null
	/** What a form sends; null reads the page. */
	form: Readonly<Record<string, string>> | null
}

const bodyOf = (form: Readonly<Record<string, string>>): FormData => {
	const body = new FormData()
	for (const [name, value] of Object.entries(form)) body.set(name, value)
	if (form['intent'] === 'upload') body.set('statement', new File(['nothing'], 'statement.csv'))
	return body
}

/** `data(value, { status })` of Remix. */
const statusOf = (answer: unknown): number => {
	if (answer instanceof Response) return answer.status
	const init = typeof answer === 'object' && answer !== null && 'init' in answer ? answer.init : null
	return typeof init === 'object' && init !== null && 'status' in init ? Number(init.status) : 200
}

/** The status a page's own loader or action answers with, thrown or returned; null when it has none. */
export async function askPage(house: House, { file, path, params, cookie, form }: PageRequest) {
	const module = (await import(join(process.cwd(), 'app', file))) as Module
	const run = form ? module.action : module.loader
	if (!run) return null
	const gone = new AbortController()
	const request = new Request(house.baseUrl + path, {
		method: form ? 'POST' : 'GET',
		headers: { 'sec-fetch-site': 'same-origin', ...(cookie !== null && { cookie }) },
		...(form && { body: bodyOf(form) }),
	})
	const context: RequestContext = {
		services: house.composed,
		requestId: 'req_matrix',
		nonce: '',
		clientIp: '127.0.0.1',
		clientGone: gone.signal,
	}
	try {
		return statusOf(await run({ request, context, params }))
	} catch (error) {
		if (error instanceof Response || (typeof error === 'object' && error !== null && 'init' in error))
			return statusOf(error)
		throw error
	} finally {
		gone.abort()
	}
}
