import { useEffect, useReducer, useRef } from 'react'
import type { CheckoutView } from '../../contracts/checkout.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { mintAttempt } from './checkout-attempt.ts'
import { checkoutReducer, startCheckout } from './checkout-state.ts'
import { useAskingAgain } from './use-asking-again.ts'
import { useAttemptDelivery } from './use-attempt-delivery.ts'
import { useChallenge } from './use-challenge.ts'
import { useCheckoutStream } from './use-checkout-stream.ts'
import { usePayPal } from './paypal/use-paypal.ts'
import { useWayBack } from './use-way-back.ts'
import type { Billing, FormToken } from './method-form/method-form-handle.ts'

type Surroundings = {
	/** Reads the page's data again. */
	reload: () => void
	onPaid: () => void
}

export type Purchase = {
	method: MethodType
	billing: Billing
	/** The price in another currency the payer has agreed to. */
	quoteId: string | null
	/** Null for methods that are approved at their own site. */
	createToken: (() => Promise<FormToken>) | null
}

/** A session is never asked about more often than this, whatever the two clocks say. */
const SHORTEST_EXPIRY_WAIT_MS = 10_000
const LONGEST_TIMER_MS = 2_147_483_647

export function useCheckoutPayment(view: CheckoutView, { reload, onPaid }: Surroundings) {
	const sessionId = view.session.id
	const [state, dispatch] = useReducer(checkoutReducer, view, startCheckout)
	const { phase } = state
	const isTokenizing = useRef(false)
	const around = useRef({ reload, onPaid })
	around.current = { reload, onPaid }

	const { sendNow } = useAttemptDelivery(sessionId, state, dispatch)
	useWayBack(dispatch)
	const paypal = usePayPal(state, dispatch)
	useChallenge(sessionId, { forms: view.forms, wait: paypal.wait }, state, dispatch)
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

	async function pay({ method, billing, quoteId, createToken }: Purchase) {
		// The ref closes the gap between two presses in one frame, before the state is drawn.
		if (isTokenizing.current || phase !== 'editing') return
		isTokenizing.current = true
		dispatch({ type: 'pay' })
		try {
			const token = createToken ? await createToken() : null
			if (token?.ok === false) return dispatch({ type: 'token_failed', message: token.message })
			const attempt = mintAttempt({
				method,
				...(token && { confirmation_token: token.confirmationToken }),
				...(token?.alternates && { alternates: token.alternates }),
				...(quoteId !== null && { quote_id: quoteId }),
				...billing,
			})
			dispatch({ type: 'token_ready', attempt })
		} catch {
			dispatch({ type: 'token_failed', message: 'The form did not answer. You were not charged.' })
		} finally {
			isTokenizing.current = false
		}
	}

	return {
		state,
		pay,
		paypal,
		sendNow,
		askBank: () => dispatch({ type: 'challenge_asked' }),
		leaveBank: () => dispatch({ type: 'challenge_left' }),
		bankAnswered: () => dispatch({ type: 'challenge_answered' }),
		abandon: () => dispatch({ type: 'abandon' }),
		edited: () => dispatch({ type: 'edited' }),
	}
}
