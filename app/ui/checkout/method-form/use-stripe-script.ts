import type { Stripe } from '@stripe/stripe-js'
import { useEffect, useRef, useState } from 'react'
import { stripeFor } from './stripe-loader.ts'

/** Stripe's own script, once it is here. */
export function useStripeScript(publishableKey: string, onFailure: () => void): Stripe | null {
	const [stripe, setStripe] = useState<Stripe | null>(null)
	const fail = useRef(onFailure)
	fail.current = onFailure

	useEffect(() => {
		let gone = false
		void stripeFor(publishableKey).then((loaded) => {
			if (gone) return
			if (loaded) setStripe(loaded)
			else fail.current()
		})
		return () => {
			gone = true
		}
	}, [publishableKey])

	return stripe
}
