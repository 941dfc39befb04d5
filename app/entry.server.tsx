import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import type { RequestContext } from './compose.server.ts'
import { keepPrivate } from './http/keep-private.server.ts'
import { isUnavailable, RETRY_AFTER_SECONDS } from './http/problem.server.ts'
import { NonceContext } from './ui/kit/nonce.tsx'

export { compose } from './compose.server.ts'
export { startWorker } from '#jobs/worker.ts'
export { fastLane } from './api/fast-lane.server.ts'

/** Time for deferred data; the render is cut off a second later. */
export const streamTimeout = 5_000

/** People see the shell at once; crawlers get the page whole. */
export default function handleRequest(
	request: Request,
	status: number,
	headers: Headers,
	remix: EntryContext,
	context: RequestContext,
): Promise<Response> {
	const { nonce, services, requestId } = context
	const waitsForAll = remix.isSpaMode || isbot(request.headers.get('user-agent'))
	return new Promise((resolve, reject) => {
		let responseStatus = answerableLater.has(context) ? unavailable(headers) : status
		let isShellSent = false
		const respond = () => {
			isShellSent = true
			const body = new PassThrough()
			headers.set('content-type', 'text/html; charset=utf-8')
			keepPrivate(request, headers)
			resolve(new Response(createReadableStreamFromReadable(body), { status: responseStatus, headers }))
			pipe(body)
		}
		const { pipe, abort } = renderToPipeableStream(
			<NonceContext.Provider value={nonce}>
				<RemixServer context={remix} url={request.url} nonce={nonce} />
			</NonceContext.Provider>,
			{
				nonce,
				[waitsForAll ? 'onAllReady' : 'onShellReady']: respond,
				onShellError: reject,
				onError(error: unknown) {
					responseStatus = 500
					if (isShellSent)
						services.logger.error({ err: error, requestId }, 'rendering failed after the first byte')
				},
			},
		)
		setTimeout(abort, streamTimeout + 1_000).unref()
	})
}

/** Requests whose loader or action met a database that is away, full or too slow. */
const answerableLater = new WeakSet<RequestContext>()

function unavailable(headers: Headers): number {
	headers.set('retry-after', RETRY_AFTER_SECONDS)
	return 503
}

export function handleError(error: unknown, { context }: { context: RequestContext }): void {
	if (isUnavailable(error)) answerableLater.add(context)
	context.services.logger.error({ err: error, requestId: context.requestId }, 'a loader or action failed')
}

export function handleDataRequest(
	response: Response,
	{ request, context }: { request: Request; context: RequestContext },
): Response {
	keepPrivate(request, response.headers)
	if (!answerableLater.has(context)) return response
	const { headers } = response
	return new Response(response.body, { status: unavailable(headers), headers })
}
