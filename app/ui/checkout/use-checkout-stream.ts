import { useEffect, useRef } from 'react'
import type { Payment } from '../../contracts/payments.ts'
import type { Link } from './checkout-state.ts'

type Listener = {
	onPayment: (payment: Payment) => void
	onLink: (link: Link) => void
	/** The stream cannot go on from where it was: read the page again. */
	onResync: () => void
}

const REOPEN_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000]

/** EventSource retries by itself; this reopens it where it gave up, from the last event it saw. */
export function useCheckoutStream(sessionId: string, cursor: string, enabled: boolean, listener: Listener) {
	const latest = useRef(listener)
	latest.current = listener
	const lastSeen = useRef(cursor)

	useEffect(() => {
		if (!enabled) return
		let source: EventSource | null = null
		let timer: ReturnType<typeof setTimeout> | undefined
		let failures = 0

		const seen = (event: MessageEvent) => {
			if (event.lastEventId) lastSeen.current = event.lastEventId
		}
		const open = () => {
			source?.close()
			source = new EventSource(`/checkout/${sessionId}/stream?cursor=${encodeURIComponent(lastSeen.current)}`)
			source.addEventListener('ready', () => {
				failures = 0
				latest.current.onLink('live')
			})
			source.addEventListener('payment', (event) => {
				seen(event)
				latest.current.onPayment(JSON.parse(event.data as string) as Payment)
			})
			source.addEventListener('resync', (event) => {
				seen(event)
				latest.current.onResync()
			})
			source.addEventListener('error', () => {
				latest.current.onLink(navigator.onLine ? 'reconnecting' : 'offline')
				if (source?.readyState === EventSource.CLOSED) reopenLater()
			})
		}
		const reopenLater = () => {
			clearTimeout(timer)
			timer = setTimeout(open, REOPEN_AFTER_MS[Math.min(failures++, REOPEN_AFTER_MS.length - 1)])
		}
		const wentOffline = () => latest.current.onLink('offline')
		const cameBack = () => {
			latest.current.onLink('reconnecting')
			failures = 0
			open()
		}

		open()
		window.addEventListener('offline', wentOffline)
		window.addEventListener('online', cameBack)
		return () => {
			clearTimeout(timer)
			source?.close()
			window.removeEventListener('offline', wentOffline)
			window.removeEventListener('online', cameBack)
		}
	}, [sessionId, enabled])
}
