import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'
import type { Request as NodeRequest, Response as NodeResponse } from 'express'

const PREMATURE_CLOSE = 'ERR_STREAM_PREMATURE_CLOSE'

/** The body is read only when a handler asks for it; limits are the handler's. */
export function toWebRequest(req: NodeRequest, baseUrl: string): Request {
	const headers = new Headers()
	for (const [name, value] of Object.entries(req.headers)) {
		for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
	}
	const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
	// Joined as text: resolving a path such as //elsewhere.test against the base would change the host.
	return new Request(`${baseUrl}${req.originalUrl}`, {
		method: req.method,
		headers,
		...(hasBody && { body: Readable.toWeb(req) as ReadableStream<Uint8Array>, duplex: 'half' }),
	} as RequestInit)
}

export async function sendWebResponse(res: NodeResponse, response: Response): Promise<void> {
	res.status(response.status)
	for (const [name, value] of response.headers) {
		if (name !== 'set-cookie') res.setHeader(name, value)
	}
	// A refused body is still on its way and nobody reads it: the client's next request here would be reset.
	if (!res.req.complete) res.setHeader('connection', 'close')
	const cookies = response.headers.getSetCookie()
	if (cookies.length > 0) res.setHeader('set-cookie', cookies)

	const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
	if (!response.body || !isStream) {
		res.end(Buffer.from(await response.arrayBuffer()))
		return
	}
	res.flushHeaders()
	const body = Readable.fromWeb(response.body as NodeReadableStream)
	await pipeline(body, res).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== PREMATURE_CLOSE) throw error // the client left: nobody to tell
	})
}
