import Stripe from 'stripe'

export type StripeSettings = {
	secretKey: string
	/** Origin of the API when it is not Stripe's own: the sandbox. */
	apiBase: string | null
	/** Above the slowest answer worth waiting for; past it the outcome is unknown and the gateway is asked later. */
	timeoutMs: number
}

/** The SDK never repeats a call by itself: what an unanswered call means is decided in one place, by us. */
export function createStripe({ secretKey, apiBase, timeoutMs }: StripeSettings): Stripe {
	const base = apiBase === null ? null : new URL(apiBase)
	return new Stripe(secretKey, {
		maxNetworkRetries: 0,
		timeout: timeoutMs,
		telemetry: false,
		appInfo: { name: 'Tillhouse' },
		...(base && {
			host: base.hostname,
			port: base.port || (base.protocol === 'https:' ? 443 : 80),
			protocol: base.protocol === 'https:' ? ('https' as const) : ('http' as const),
		}),
	})
}
