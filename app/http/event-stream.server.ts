import { createEventBuffer } from 'better-sse'

export type StreamEvent = { id?: string; event: string; data: string }
type Send = (event: StreamEvent) => void

/** Proxies drop silent connections after 30 to 60 s. */
const HEARTBEAT_MS = 15_000
/** Whoever may no longer listen is cut off within 5 s: what the look itself takes, and what is remembered of keys. */
const LOOK_AGAIN_MS = 2_000
/** A stream ends by itself and comes back, to instances that are new since. */
const LONGEST_MS = 10 * 60_000
/** A reader this far behind is let go; it comes back and replays from the table. A whole replay fits. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024

const frame = ({ id, event, data }: StreamEvent): string => {
	const buffer = createEventBuffer({ serializer: String })
	// An empty id would make the browser forget where it was, so an event without one writes none.
	if (id !== undefined) buffer.id(id)
	return buffer.event(event).data(data).dispatch().read()
}

/** Clients of a stopped process come back spread over a few seconds, not all at once. */
const hello = (): string => {
	const buffer = createEventBuffer()
	buffer.retry(500 + Math.floor(Math.random() * 2_500))
	return buffer.read()
}

type Listener = {
	/** Aborts when the client is gone. */
	clientGone: AbortSignal
	/** Asked again and again. An error leaves the question open until the next time. */
	mayListen: () => Promise<boolean>
}

/**
 * A stream of events. `open` subscribes and returns its end; it may send at once. The stream ends when the client
 * is gone, may no longer listen, reads too slowly, or has been connected for ten minutes; the clean-up runs exactly once.
 */
export function eventStream(
	{ clientGone, mayListen }: Listener,
	open: (send: Send) => Promise<() => void> | (() => void),
): Response {
	const ended = new AbortController()
	const encoder = new TextEncoder()
	const body = new ReadableStream<Uint8Array>(
		{
			async start(controller) {
				let close: (() => void) | undefined
				const write = (text: string) => {
					if (ended.signal.aborted) return
					controller.enqueue(encoder.encode(text))
					if ((controller.desiredSize ?? 0) < 0) ended.abort()
				}
				const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS)
				let isAsking = false
				const askAgain = async () => {
					if (isAsking) return
					isAsking = true
					const may = await mayListen().catch(() => true)
					isAsking = false
					if (!may) ended.abort()
				}
				const questions = setInterval(() => void askAgain(), LOOK_AGAIN_MS)
				const age = setTimeout(() => ended.abort(), LONGEST_MS)
				ended.signal.addEventListener('abort', () => {
					clearInterval(heartbeat)
					clearInterval(questions)
					clearTimeout(age)
					close?.()
					try {
						controller.close()
					} catch {
						// Cancelled by the reader: closed already.
					}
				})
				if (clientGone.aborted) ended.abort()
				clientGone.addEventListener('abort', () => ended.abort(), { once: true })
				write(hello())
				try {
					close = await open((event) => write(frame(event)))
				} catch (error) {
					ended.abort()
					throw error
				}
				if (ended.signal.aborted) close()
			},
			cancel: () => ended.abort(),
		},
		new ByteLengthQueuingStrategy({ highWaterMark: MOST_BUFFERED_BYTES }),
	)
	return new Response(body, {
		headers: {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store, no-transform',
			'x-accel-buffering': 'no',
		},
	})
}
