import type { Request, RequestHandler, Response } from 'express'
import { API_OPERATIONS } from '../domain/access/operations.ts'

/** A file of 1 MiB and the form around it; what the API reads of a body is less. */
const MOST_BODY_BYTES = 1024 * 1024 + 16 * 1024
const MOST_URL_CHARACTERS = 8 * 1024
/** Node takes 2,000 and leaves out the rest without a word. */
const MOST_HEADERS = 100

/** Pages are read and forms are sent. */
const PAGE_METHODS = ['GET', 'HEAD', 'POST']
const API_METHODS = [...PAGE_METHODS, 'PUT', 'PATCH', 'DELETE']

/** What each path of the API takes; a path that is not listed answers for itself. */
const OPERATIONS = Object.keys(API_OPERATIONS).map((operation) => {
	const [method = '', path = ''] = operation.split(' ')
	return { method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`) }
})

function methodsOf(path: string): readonly string[] {
	const base = /^\/api(?:\/v1)?(?=\/|$)/i.exec(path)?.[0]
	if (base === undefined) return PAGE_METHODS
	const found = OPERATIONS.filter(({ pattern }) => pattern.test(path.slice(base.length)))
	if (found.length === 0) return API_METHODS
	return found.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

type Refusal = { status: number; code: string; message: string; param?: string; allow?: string }

function refusalOf(req: Request): Refusal | null {
	const allowed = methodsOf(req.path)
	if (!allowed.includes(req.method)) {
		const message = `${req.method} is not offered at this path.`
		return { status: 405, code: 'method_not_allowed', message, allow: allowed.join(', ') }
	}
	if (req.originalUrl.length > MOST_URL_CHARACTERS) {
		return {
			status: 414,
			code: 'address_too_long',
			message: `The address is longer than ${MOST_URL_CHARACTERS} characters.`,
		}
	}
	if (req.rawHeaders.length / 2 > MOST_HEADERS) {
		return {
			status: 431,
			code: 'too_many_headers',
			message: `The request has more than ${MOST_HEADERS} headers.`,
		}
	}
	return Number(req.get('content-length') ?? 0) > MOST_BODY_BYTES ? TOO_LARGE : null
}

const TOO_LARGE: Refusal = {
	status: 413,
	code: 'body_too_large',
	message: `The body is larger than ${MOST_BODY_BYTES} bytes.`,
	param: 'body',
}

/** In front of every handler: what no handler would answer well. */
export function requestLimits(requestIdOf: (res: Response) => string): RequestHandler {
	const refuse = (res: Response, { status, code, message, param, allow }: Refusal) => {
		if (res.headersSent) return
		if (allow !== undefined) res.setHeader('allow', allow)
		// What is still on its way is not read, so nothing else can be asked on this connection.
		if (!res.req.complete) res.setHeader('connection', 'close')
		const error = { type: 'invalid_request_error', code, message, param, request_id: requestIdOf(res) }
		res.status(status).set('cache-control', 'no-store').json({ error })
	}
	return (req, res, next) => {
		const refusal = refusalOf(req)
		if (refusal) return refuse(res, refusal)
		cutOff(req, () => refuse(res, TOO_LARGE))
		next()
	}
}

/** A body that says nothing of its length, or lies about it, ends here: whoever reads it never gets more. */
function cutOff(req: Request, tooLarge: () => void): void {
	const push = req.push.bind(req)
	let bytes = 0
	req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
		bytes += chunk?.length ?? 0
		if (bytes <= MOST_BODY_BYTES) return push(chunk, encoding)
		tooLarge()
		return false
	}
}
