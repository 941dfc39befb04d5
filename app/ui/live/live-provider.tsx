import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { Dispute } from '#app/contracts/disputes.ts'
import { Payment, Refund } from '#app/contracts/payments.ts'
import { openConnection } from './event-connection.ts'
import { createLiveStore, type LiveStore } from './live-store.ts'

const LiveContext = createContext<LiveStore | null>(null)

export function useLiveStore(): LiveStore {
	const store = useContext(LiveContext)
	if (!store) throw new Error('useLiveStore is only for pages inside the console')
	return store
}

type LiveProviderProps = {
	path: string
	/** Where the first page was read; null when it did not say, then everything is read again once connected. */
	cursor: string | null
	children: ReactNode
}

/** Holds the one live connection of the console; pages share it. */
export function LiveProvider({ path, cursor, children }: LiveProviderProps) {
	const [store] = useState(createLiveStore)
	const firstCursor = useRef(cursor)
	useEffect(() => {
		let caughtUp = firstCursor.current !== null
		let online = navigator.onLine
		let connected: 'connecting' | 'live' | 'reconnecting' = 'connecting'
		const show = () => store.setStatus(online ? connected : 'offline')
		const setOnline = () => {
			online = navigator.onLine
			show()
		}
		window.addEventListener('online', setOnline)
		window.addEventListener('offline', setOnline)
		setOnline()
		const connection = openConnection({
			path,
			cursor: firstCursor.current,
			onState(state) {
				connected = state
				if (state === 'live') online = true
				show()
			},
			onMessage(message) {
				if (message.kind === 'resync') store.resync()
				if (message.kind === 'payment') {
					// A shape we do not know comes from a newer server: the pages then read everything again.
					const payment = Payment.safeParse(JSON.parse(message.text))
					if (payment.success) store.payment(payment.data)
					else store.resync()
				}
				if (message.kind === 'refund') {
					const refund = Refund.safeParse(JSON.parse(message.text))
					if (refund.success) store.refund(refund.data)
					else store.resync()
				}
				if (message.kind === 'dispute') {
					const dispute = Dispute.safeParse(JSON.parse(message.text))
					if (dispute.success) store.dispute(dispute.data)
					else store.resync()
				}
				if (message.kind === 'attention_item') store.attention()
				if (message.kind === 'ready' && !caughtUp) {
					caughtUp = true
					store.resync()
				}
			},
		})
		return () => {
			window.removeEventListener('online', setOnline)
			window.removeEventListener('offline', setOnline)
			connection.close()
		}
	}, [path, store])
	return <LiveContext.Provider value={store}>{children}</LiveContext.Provider>
}
