/** What an event of the stream may be about. */
type StreamedObject = 'payment' | 'refund' | 'dispute' | 'attention_item'

/** What the console hears. `resync` means: some events are lost for good, read everything again. */
export type StreamMessage = { kind: 'ready' } | { kind: 'resync' } | { kind: StreamedObject; text: string }

export type ConnectionState = 'connecting' | 'live' | 'reconnecting'

type Options = {
	path: string
	cursor: string | null
	onMessage: (message: StreamMessage) => void
	onState: (state: ConnectionState) => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

/**
 * An EventSource that never gives up. The browser reconnects by itself with Last-Event-ID while the stream merely
 * drops; after an error answer it stops for good, and then we open a new one from the last id we saw.
 */
export function openConnection({ path, cursor, onMessage, onState }: Options): { close: () => void } {
	let source: EventSource | undefined
	let lastId = cursor
	let failures = 0
	let retry: ReturnType<typeof setTimeout> | undefined
	let closed = false

	const hear = (kind: StreamedObject) => (event: MessageEvent<string>) => {
		if (event.lastEventId) lastId = event.lastEventId
		onMessage({ kind, text: event.data })
	}

	const open = () => {
		retry = undefined
		const address = new URL(path, window.location.origin)
		if (lastId) address.searchParams.set('cursor', lastId)
		const opened = new EventSource(address)
		source = opened
		opened.addEventListener('ready', (event: MessageEvent<string>) => {
			if (event.lastEventId) lastId = event.lastEventId
			failures = 0
			onState('live')
			onMessage({ kind: 'ready' })
		})
		opened.addEventListener('payment', hear('payment'))
		opened.addEventListener('refund', hear('refund'))
		opened.addEventListener('dispute', hear('dispute'))
		opened.addEventListener('attention_item', hear('attention_item'))
		opened.addEventListener('resync', (event: MessageEvent<string>) => {
			if (event.lastEventId) lastId = event.lastEventId
			onMessage({ kind: 'resync' })
		})
		opened.addEventListener('error', () => {
			onState('reconnecting')
			if (opened.readyState !== EventSource.CLOSED || closed) return
			opened.close()
			const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
			// Chance keeps many browsers from coming back in the same instant.
			retry = setTimeout(open, wait * (0.5 + Math.random() / 2))
		})
	}

	const hurry = () => {
		if (retry === undefined) return
		clearTimeout(retry)
		open()
	}

	window.addEventListener('online', hurry)
	open()
	return {
		close() {
			closed = true
			clearTimeout(retry)
			window.removeEventListener('online', hurry)
			source?.close()
		},
	}
}
