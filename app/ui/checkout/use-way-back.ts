import { useEffect, type Dispatch } from 'react'
import type { CheckoutAction } from './checkout-state.ts'

/**
 * Hears how the payer came back from another site: they called it off, or said yes. The address forgets it at once, so
 * that a reload does not say it again about a later try.
 */
export function useWayBack(dispatch: Dispatch<CheckoutAction>): void {
	useEffect(() => {
		const query = new URLSearchParams(window.location.search)
		const calledOff = query.has('canceled')
		const saidYes = YES.some((name) => query.has(name))
		if (calledOff || saidYes) {
			window.history.replaceState(window.history.state, '', window.location.pathname)
			dispatch({ type: calledOff ? 'abandon' : 'came_back' })
		}
		// "Back" shows the page as it was when it was left, on its way out.
		const restored = ({ persisted }: PageTransitionEvent) => {
			if (persisted) dispatch({ type: 'challenge_left' })
		}
		window.addEventListener('pageshow', restored)
		return () => window.removeEventListener('pageshow', restored)
	}, [dispatch])
}

/** What PayPal, and what Stripe, adds to the address it leads back to. */
const YES = ['token', 'payment_intent']
