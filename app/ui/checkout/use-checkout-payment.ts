import { useEffect, useReducer, useRef, type RefObject } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import type { Billing, CardFormHandle } from './card-form/card-form-handle.ts'
import { mintAttempt } from './checkout-attempt.ts'
import { refreshCheckout } from './checkout-requests.ts'
import { checkoutReducer, startCheckout } from './checkout-state.ts'
import { useAttemptDelivery } from './use-attempt-delivery.ts'
import { useChallenge } from './use-challenge.ts'
import { useCheckoutStream } from './use-checkout-stream.ts'

type Surroundings = {
	cardForm: RefObject<CardFormHandle>
	/** Reads the page's data again. */
	reload: () => void
	onPaid: () => void
}

/** Silence is checked on, sooner while the live stream is down. */
const ASK_EVERY_MS = { live: 15_000, down: 4_000 }
/** A session is never asked about more often than this, whatever the two clocks say. */
const SHORTEST_EXPIRY_WAIT_MS = 10_000
const LONGEST_TIMER_MS = 2_147_483_647

export function useCheckoutPayment(view: CheckoutView, { cardForm, reload, onPaid }: Surroundings) {
	const sessionId = view.session.id
	const [state, dispatch] = useReducer(checkoutReducer, view, startCheckout)
	const { phase, link, attempt } = state
	const isTokenizing = useRef(false)
	const around = useRef({ reload, onPaid })
	around.current = { reload, onPaid }

	const { sendNow } = useAttemptDelivery(sessionId, state, dispatch)
	useChallenge(sessionId, view.cardForm, state, dispatch)
	useCheckoutStream(sessionId, view.cursor, phase !== 'paid' && phase !== 'expired', {
		onPayment: (payment) => dispatch({ type: 'payment_seen', payment }),
		onLink: (next) => dispatch({ type: 'link', link: next }),
		onResync: () => around.current.reload(),
	})

	useEffect(() => dispatch({ type: 'view_loaded', view }), [view])

	useEffect(() => {
		if (phase === 'paid') around.current.onPaid()
	}, [phase])

	const ask = useRef(() => undefined as void)
	ask.current = () => {
		if (phase === 'paid' || phase === 'expired' || (!state.payment && !attempt)) return
		void refreshCheckout(sessionId).then((payment) => {
			if (payment) dispatch({ type: 'payment_seen', payment })
		})
	}

	useEffect(() => {
		if (phase !== 'following') return
		const timer = setInterval(() => ask.current(), link === 'live' ? ASK_EVERY_MS.live : ASK_EVERY_MS.down)
		return () => clearInterval(timer)
	}, [phase, link])

	useEffect(() => {
		const cameBack = () => {
			if (document.visibilityState === 'visible') ask.current()
		}
		const restored = (event: PageTransitionEvent) => {
			if (event.persisted) around.current.reload()
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

	useEffect(() => {
		if (view.session.status !== 'open') return
		const wait = Math.max(view.session.expiresAt - Date.now(), SHORTEST_EXPIRY_WAIT_MS)
		if (wait > LONGEST_TIMER_MS) return
		const timer = setTimeout(() => around.current.reload(), wait)
		return () => clearTimeout(timer)
	}, [view])

	async function pay(billing: Billing) {
		// The ref closes the gap between two presses in one frame, before the state is drawn.
		if (isTokenizing.current || phase !== 'editing' || !cardForm.current) return
		isTokenizing.current = true
		dispatch({ type: 'pay' })
		try {
			const token = await cardForm.current.createToken(billing)
			if (!token.ok) return dispatch({ type: 'token_failed', message: token.message })
			const body = { confirmation_token: token.confirmationToken, ...billing }
			dispatch({ type: 'token_ready', attempt: mintAttempt(body) })
		} catch {
			dispatch({ type: 'token_failed', message: 'The card form did not answer. Your card was not charged.' })
		} finally {
			isTokenizing.current = false
		}
	}

	return {
		state,
		pay,
		sendNow,
		askBank: () => dispatch({ type: 'challenge_asked' }),
		leaveBank: () => dispatch({ type: 'challenge_left' }),
		bankAnswered: () => dispatch({ type: 'challenge_answered' }),
	}
}
