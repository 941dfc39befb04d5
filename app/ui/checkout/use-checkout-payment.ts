import { useEffect, useReducer, useRef, type RefObject } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import type { Billing, CardFormHandle } from './card-form/card-form-handle.ts'
import { mintAttempt } from './checkout-attempt.ts'
import { checkoutReducer, startCheckout } from './checkout-state.ts'
import { useAskingAgain } from './use-asking-again.ts'
import { useAttemptDelivery } from './use-attempt-delivery.ts'
import { useChallenge } from './use-challenge.ts'
import { useCheckoutStream } from './use-checkout-stream.ts'

type Surroundings = {
	cardForm: RefObject<CardFormHandle>
	/** Reads the page's data again. */
	reload: () => void
	onPaid: () => void
}

/** A session is never asked about more often than this, whatever the two clocks say. */
const SHORTEST_EXPIRY_WAIT_MS = 10_000
const LONGEST_TIMER_MS = 2_147_483_647

export function useCheckoutPayment(view: CheckoutView, { cardForm, reload, onPaid }: Surroundings) {
	const sessionId = view.session.id
	const [state, dispatch] = useReducer(checkoutReducer, view, startCheckout)
	const { phase } = state
	const isTokenizing = useRef(false)
	const around = useRef({ reload, onPaid })
	around.current = { reload, onPaid }

	const { sendNow } = useAttemptDelivery(sessionId, state, dispatch)
	useChallenge(sessionId, view.cardForm, state, dispatch)
	useAskingAgain(sessionId, state, dispatch, reload)
	useCheckoutStream(sessionId, view.cursor, phase !== 'paid' && phase !== 'expired', {
		onPayment: (payment) => dispatch({ type: 'payment_seen', payment }),
		onLink: (next) => dispatch({ type: 'link', link: next }),
		onResync: () => around.current.reload(),
	})

	useEffect(() => dispatch({ type: 'view_loaded', view }), [view])

	useEffect(() => {
		if (phase !== 'paid') return
		const open = () => around.current.onPaid()
		if (navigator.onLine) return open()
		// Without a connection the receipt would be an error page in place of the good news.
		window.addEventListener('online', open, { once: true })
		return () => window.removeEventListener('online', open)
	}, [phase])

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
