import type { Response } from 'express'

/**
 * Who is still being answered. The signal aborts with the response's own close event: the request's signal
 * forgets to after a garbage collection (nodejs/node#55428), and streams would live on.
 */
export function trackResponses() {
	const open = new Map<Response, AbortController>()
	return {
		clientGone(res: Response): AbortSignal {
			const known = open.get(res)
			if (known) return known.signal
			const controller = new AbortController()
			open.set(res, controller)
			res.on('close', () => {
				open.delete(res)
				// An answer that went out whole has nobody left to tell.
				if (!res.writableFinished) controller.abort()
			})
			return controller.signal
		},
		/** Event streams never end by themselves; their browsers come back to another instance. */
		endStreams(): void {
			for (const [res, controller] of open) if (isEventStream(res)) controller.abort()
		},
	}
}

export type OpenResponses = ReturnType<typeof trackResponses>

export function isEventStream(res: Response): boolean {
	return String(res.getHeader('content-type')).startsWith('text/event-stream')
}
