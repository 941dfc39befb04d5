import { useEffect, type Dispatch } from 'react'
import type { CardForm } from '../../contracts/checkout.ts'
import { readNextAction, refreshCheckout } from './checkout-requests.ts'
import type { CheckoutAction, CheckoutState } from './checkout-state.ts'

const ASK_AFTER_MS = [0, 1_500, 3_000, 6_000]

/** Drives the bank's question: finds where it is asked, shows it, and reads the outcome from the gateway. */
export function useChallenge(
	sessionId: string,
	cardForm: CardForm,
	state: CheckoutState,
	dispatch: Dispatch<CheckoutAction>,
): void {
	const { step } = state.challenge
	const publishableKey = cardForm.publishableKey

	useEffect(() => {
		if (step !== 'opening') return
		const ask = async () => {
			const next = await readNextAction(sessionId)
			if (!next) return dispatch({ type: 'challenge_left', message: UNREACHABLE })
			if (next.kind === 'redirect') return dispatch({ type: 'challenge_ready', url: next.url })
			if (next.kind === 'stripe') {
				dispatch({ type: 'challenge_ready', url: null })
				const { authenticateWithStripe } = await import('./card-form/stripe-loader.ts')
				await authenticateWithStripe(publishableKey, next.clientSecret)
			}
			// Whatever the browser was told, the gateway says how it ended.
			dispatch({ type: 'challenge_answered' })
		}
		ask().catch(() => dispatch({ type: 'challenge_left', message: UNREACHABLE }))
	}, [step, sessionId, publishableKey, dispatch])

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
}

const UNREACHABLE = 'Your bank’s page could not be opened. Check your connection, then continue.'
const NO_ANSWER = 'Your bank has not answered yet. You can continue the authentication.'
