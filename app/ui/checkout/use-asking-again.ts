import { useEffect, useRef, type Dispatch } from 'react'
import { refreshCheckout } from './checkout-requests.ts'
import type { CheckoutAction, CheckoutState } from './checkout-state.ts'

/** Silence is checked on, sooner while the live stream is down. */
const ASK_EVERY_MS = { live: 15_000, down: 4_000 }

/** Asks where the payment stands when the stream cannot be relied on: after silence, and on coming back. */
export function useAskingAgain(
	sessionId: string,
	state: CheckoutState,
	dispatch: Dispatch<CheckoutAction>,
	reload: () => void,
): void {
	const { phase, link, payment, attempt } = state
	const latest = useRef({ ask: () => {}, reload })
	latest.current = {
		reload,
		ask: () => {
			if (phase === 'paid' || phase === 'expired' || (!payment && !attempt)) return
			void refreshCheckout(sessionId).then((seen) => {
				if (seen) dispatch({ type: 'payment_seen', payment: seen })
			})
		},
	}

	useEffect(() => {
		if (phase !== 'following') return
		const every = link === 'live' ? ASK_EVERY_MS.live : ASK_EVERY_MS.down
		const timer = setInterval(() => latest.current.ask(), every)
		return () => clearInterval(timer)
	}, [phase, link])

	useEffect(() => {
		const cameBack = () => {
			if (document.visibilityState === 'visible') latest.current.ask()
		}
		const restored = (event: PageTransitionEvent) => {
			if (event.persisted) latest.current.reload()
		}
		document.addEventListener('visibilitychange', cameBack)
		window.addEventListener('online', cameBack)
		window.addEventListener('pageshow', restored)
		return () => {
			document.removeEventListener('visibilitychange', cameBack)
			window.removeEventListener('online', cameBack)
			window.removeEventListener('pageshow', restored)
		}
	}, [])
}
