import { useEffect, type Dispatch } from 'react'
import type { FormSource } from '../../contracts/checkout.ts'
import { abandonTry, readNextAction, refreshCheckout } from './checkout-requests.ts'
import type { CheckoutAction, CheckoutState } from './checkout-state.ts'
import type { OrderWait } from './paypal/order-wait.ts'

const ASK_AFTER_MS = [0, 1_500, 3_000, 6_000]

/** Drives what the payer must say yes to: finds where it is asked, leads there, and reads the outcome from the gateway. */
export function useChallenge(
	sessionId: string,
	{ forms, wait }: { forms: FormSource; wait: OrderWait },
	state: CheckoutState,
	dispatch: Dispatch<CheckoutAction>,
): void {
	const { step } = state.challenge
	const publishableKey = forms.publishableKey

	useEffect(() => {
		if (step !== 'opening') return
		const ask = async () => {
			const next = await readNextAction(sessionId)
			if (!next) return dispatch({ type: 'challenge_left', message: UNREACHABLE })
			if (next.kind === 'frame') return dispatch({ type: 'challenge_ready', url: next.url })
			const given = next.kind === 'paypal' ? wait.give(next.orderId) : 'none'
			if (given === 'shown') return dispatch({ type: 'challenge_ready', url: null })
			if (given === 'closed') return dispatch({ type: 'abandon' })
			if (next.kind === 'redirect' || next.kind === 'paypal') {
				dispatch({ type: 'challenge_leaves', url: next.url })
				return window.location.assign(next.url)
			}
			if (next.kind === 'stripe') {
				dispatch({ type: 'challenge_ready', url: null })
				const { authenticateWithStripe } = await import('./method-form/stripe-loader.ts')
				await authenticateWithStripe(publishableKey, next.clientSecret)
			}
			// Whatever the browser was told, the gateway says how it ended.
			dispatch({ type: 'challenge_answered' })
		}
		ask().catch(() => dispatch({ type: 'challenge_left', message: UNREACHABLE }))
	}, [step, sessionId, publishableKey, wait, dispatch])

	useEffect(() => {
		if (step !== 'checking') return
		let gone = false
		const check = async () => {
			for (const wait of ASK_AFTER_MS) {
				await new Promise((resolve) => setTimeout(resolve, wait))
				if (gone) return
				const payment = await refreshCheckout(sessionId)
				if (gone) return
				if (payment) dispatch({ type: 'payment_seen', payment })
			}
			if (!gone) dispatch({ type: 'challenge_left', message: NO_ANSWER })
		}
		void check()
		return () => {
			gone = true
		}
	}, [step, sessionId, dispatch])

	useEffect(() => {
		if (step !== 'abandoning') return
		let gone = false
		void abandonTry(sessionId).then((payment) => {
			if (gone) return
			if (payment) dispatch({ type: 'payment_seen', payment })
			// Still waiting for a yes: it could not be called off. Anything else has changed the phase by now.
			dispatch({ type: 'challenge_left', message: STILL_OPEN })
		})
		return () => {
			gone = true
		}
	}, [step, sessionId, dispatch])
}

const UNREACHABLE = 'The page to confirm on could not be opened. Check your connection, then continue.'
const NO_ANSWER = 'No answer has come yet. You have not been charged. You can continue where you were.'
const STILL_OPEN = 'It could not be called off just now. You have not been charged. Try again in a moment.'
