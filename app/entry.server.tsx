import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import type { RequestContext } from './compose.server.ts'
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
	{ nonce, services, requestId }: RequestContext,
): Promise<Response> {
	const waitsForAll = remix.isSpaMode || isbot(request.headers.get('user-agent'))
	return new Promise((resolve, reject) => {
		let responseStatus = status
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

export function handleError(error: unknown, { context }: { context: RequestContext }): void {
	context.services.logger.error({ err: error, requestId: context.requestId }, 'a loader or action failed')
}

export function handleDataRequest(response: Response, { request }: { request: Request }): Response {
	keepPrivate(request, response.headers)
	return response
}

/** An answer to somebody's log-in must not be kept by anything on the way. */
function keepPrivate(request: Request, headers: Headers): void {
	if (request.headers.has('cookie') && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
