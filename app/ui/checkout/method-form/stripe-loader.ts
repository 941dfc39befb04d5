import { loadStripe } from '@stripe/stripe-js/pure'
import type { Stripe } from '@stripe/stripe-js'

const loading = new Map<string, Promise<Stripe | null>>()

/** One script and one instance per key; a failed load is forgotten, so that it can be tried again. */
export function stripeFor(publishableKey: string): Promise<Stripe | null> {
	const known = loading.get(publishableKey)
	if (known) return known
	const fresh = loadStripe(publishableKey).catch(() => {
		loading.delete(publishableKey)
		return null
	})
	loading.set(publishableKey, fresh)
	return fresh
}

/** Shows the bank's question in Stripe's own dialog. The outcome is read from the gateway afterwards. */
export async function authenticateWithStripe(publishableKey: string, clientSecret: string): Promise<boolean> {
	const stripe = await stripeFor(publishableKey)
	if (!stripe) return false
	const { error } = await stripe.handleNextAction({ clientSecret })
	return error === undefined
}
